using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>PD1 (and ROL of a primary care provider): practice, general practitioner, protection, disability.</summary>
internal static class Pd1Patient
{
    private const string Disability = "http://hl7.org/fhir/StructureDefinition/patient-disability";

    public static void Read(Segment pd1, Patient patient, List<string> cleared, Draft draft)
    {
        foreach (Repetition practice in pd1[3])
        {
            Add(patient, Xon.ToReference(practice, draft));
        }

        foreach (Repetition doctor in pd1[4])
        {
            Add(patient, Xcn.ToReference(doctor, draft));
        }

        foreach (Segment rol in draft.Message.All("ROL").Where(RolRoles.IsGeneralPractitioner))
        {
            if (rol[2].Text is not "DE")
            {
                Add(patient, Xcn.ToReference(rol[4], draft));
                Add(patient, Xon.ToReference(rol[14], draft));
            }

            _ = rol[3];
        }

        if (pd1.Peek(3).IsNull)
        {
            cleared.Add("generalPractitioner/Organization");
        }

        if (pd1.Peek(4).IsNull)
        {
            cleared.Add("generalPractitioner/Practitioner");
        }

        if (Cwe.ToConcept(pd1[6], draft, Cwe.Table("0295")) is { } disability)
        {
            patient.Extension.Add(new Extension(Disability, disability));
        }
        else if (pd1.Peek(6).IsNull)
        {
            cleared.Add($"extension/{Disability}");
        }

        patient.Meta = Sensitivity.OfIndicator(pd1[12]);
        if (pd1.Peek(12).IsNull)
        {
            cleared.Add("meta");
        }
    }

    private static void Add(Patient patient, ResourceReference? reference)
    {
        if (reference is not null && !patient.GeneralPractitioner.Exists(other => other.Matches(reference)))
        {
            patient.GeneralPractitioner.Add(reference);
        }
    }
}
