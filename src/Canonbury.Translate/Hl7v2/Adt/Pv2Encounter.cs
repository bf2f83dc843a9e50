using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>PV2: reason, expected times, length, priority, protection (map PV2[Encounter]).</summary>
internal static class Pv2Encounter
{
    // FHIR R5 has these as elements; R4 carries them as R5's cross-version extensions.
    private const string PlannedStart = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedStartDate";

    private const string PlannedEnd = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedEndDate";

    private const string ModeOfArrival = "http://hl7.org/fhir/StructureDefinition/encounter-modeOfArrival";

    public static void Read(Segment pv2, Encounter encounter, List<string> cleared, Draft draft)
    {
        encounter.ReasonCode = Cwe.ToConcepts(pv2[3], draft);
        if (pv2[12].Text is { } description && encounter.ReasonCode.Count == 0)
        {
            encounter.ReasonCode.Add(new CodeableConcept { Text = description });
        }

        encounter.Priority = Cwe.ToConcept(pv2[25], draft, Cwe.Table("0217"));
        Extend(encounter, PlannedStart, Moment.Read(pv2[8], draft)?.FhirDateTime);
        Extend(encounter, PlannedEnd, Moment.Read(pv2[9], draft)?.FhirDateTime);
        Extend(encounter, ModeOfArrival, Cwe.ToCoding(pv2[38].First, draft, Cwe.Table("0430")));
        if (Nm.Read(pv2[11], draft) is { } days)
        {
            encounter.Length = new Duration { Value = days, Unit = "days", System = "http://unitsofmeasure.org", Code = "d" };
        }

        if (Sensitivity.OfIndicator(pv2[22]) is { } meta && encounter.Meta?.Security.Exists(label => label.Code == "R") != true)
        {
            encounter.Meta = meta;
        }

        if (pv2.Peek(3).IsNull)
        {
            cleared.Add("reasonCode");
        }
    }

    private static void Extend(Encounter encounter, string url, DataType? value)
    {
        if (value is not null)
        {
            encounter.Extension.Add(new Extension(url, value));
        }
    }
}
