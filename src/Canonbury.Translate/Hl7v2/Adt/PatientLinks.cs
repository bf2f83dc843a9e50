using Canonbury.Fhir.Statements;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>
/// A24 and A37: the source says that two of its patients are, or are not, the same person, and keeps both (HL7 v2 chapter 3).
/// </summary>
public static class PatientLinks
{
    public static void Link(Draft draft)
    {
        Patient patient = new() { Id = draft.Patient.ToString() };
        foreach (string other in Others(draft))
        {
            patient.Link.Add(new Patient.LinkComponent
            {
                Other = new ResourceReference($"Patient/{other}"),
                Type = Patient.LinkType.Seealso,
            });
        }

        if (patient.Link.Count > 0)
        {
            draft.State(patient, StatementMode.Elements);
        }
    }

    public static void Unlink(Draft draft) => draft.State(new Patient { Id = draft.Patient.ToString() }, StatementMode.Elements, ["link"]);

    private static IEnumerable<string> Others(Draft draft) =>
        draft.AllPatients.Where(other => other != draft.Patient).Distinct().Select(other => other.ToString());
}
