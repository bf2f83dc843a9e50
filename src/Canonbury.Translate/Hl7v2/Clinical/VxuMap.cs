using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.Immunization;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>Immunisations: VXU V04 (published message map VXU_V04 and maps ORC, RXA and RXR [Immunization]).</summary>
internal static class VxuMap
{
    public static void Map(Draft draft)
    {
        foreach (PharmacyGroup group in PharmacyGroup.Find(draft.Message))
        {
            for (int i = 0; i < group.Given.Count; i++)
            {
                State(group.Given[i], i, group, draft);
            }
        }

        ResultsMap.MapLoose(draft);
    }

    private static void State(Segment rxa, int place, PharmacyGroup group, Draft draft)
    {
        // Chapter 4A, CVX 998: "no vaccine administered" only carries what the registry forecasts.
        if (rxa[5].Text == "998")
        {
            return;
        }

        Immunization immunization = new()
        {
            Status = Status(rxa),
            VaccineCode = RequiredConcept.Read(rxa[5], draft),
            Patient = draft.PatientReference(),
            Encounter = draft.Encounter,
            Occurrence = Moment.Read(rxa[3], draft)?.FhirDateTime ?? (DataType)new FhirString("unknown"),
            RecordedElement = (rxa[21].Text is null or "A" ? Moment.Read(rxa[22], draft) : null)?.FhirDateTime
                ?? Moment.Read(group.Orc[9], draft)?.FhirDateTime,
            PrimarySource = PrimarySource(rxa),
            LotNumber = rxa[15].Text,
            ExpirationDateElement = Moment.Read(rxa[16], draft)?.FhirDate,
            Manufacturer = CodedOrganisation.Read(rxa[17].First, draft),
            StatusReason = Cwe.ToConcept(rxa[18], draft),
            Location = Pl.ToReference(rxa[27], draft) ?? Site(rxa[11]),
            Route = Dosages.Route(group.Rxr, draft),
            Site = Dosages.Site(group.Rxr, draft),
        };
        immunization.ReasonCode.AddRange(Cwe.ToConcepts(rxa[19], draft));
        immunization.DoseQuantity = Dosages.Given(rxa, draft);
        Ei.AddTo(immunization.Identifier, group.Orc[2], group.Orc[2], "PLAC", draft);
        Ei.AddTo(immunization.Identifier, group.Orc[3], group.Orc[3], "FILL", draft);
        AddPerformer(immunization, Xcn.ToReference(rxa[10], draft), "AP");
        AddPerformer(immunization, Xcn.ToReference(group.Orc[12], draft), "OP");
        immunization.Note.AddRange(NteNotes.Read(group.Notes, draft));
        immunization.Id = draft.IdOf("Immunization", Key(rxa, place, group, draft));
        draft.State(immunization, StatementMode.Snapshot);
    }

    /// <summary>The filler's number; a registry that gives none is keyed by patient, vaccine and day.</summary>
    private static string Key(Segment rxa, int place, PharmacyGroup group, Draft draft)
    {
        string? number = OrderKeys.Number(group.Orc[3]) is { } filler ? "F|" + filler
            : OrderKeys.Number(group.Orc[2]) is { } placer ? "P|" + placer : null;

        // 9999 is what senders write for "historical, no number".
        return number is null || number.StartsWith("F|9999", StringComparison.Ordinal)
            ? $"N|{draft.PatientKey}|{OrderKeys.Code(rxa[5])}|{rxa[3].Text}"
            : $"{number}|{OrderKeys.Code(rxa[5])}|{place}";
    }

    private static ImmunizationStatusCodes Status(Segment rxa) => rxa[21].Text == "D"
        ? ImmunizationStatusCodes.EnteredInError
        : rxa[20].Text is "RE" or "NA" ? ImmunizationStatusCodes.NotDone : ImmunizationStatusCodes.Completed;

    /// <summary>RXA-9, NIP001: 00 is a new record, 01 to 08 come from history that others told.</summary>
    private static bool? PrimarySource(Segment rxa) => rxa[9].Text switch
    {
        "00" => true,
        "01" or "02" or "03" or "04" or "05" or "06" or "07" or "08" => false,
        _ => null,
    };

    /// <summary>RXA-11, before version 2.6: LA2, whose fourth component is the facility.</summary>
    private static ResourceReference? Site(Field field) =>
        (field[4].Text ?? field[1].Text) is { } name ? new ResourceReference { Type = "Location", Display = name } : null;

    private static void AddPerformer(Immunization immunization, ResourceReference? actor, string function)
    {
        if (actor is not null)
        {
            CodeableConcept role = new(Cwe.Table("0443"), function);
            immunization.Performer.Add(new PerformerComponent { Actor = actor, Function = role });
        }
    }
}
