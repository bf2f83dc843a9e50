using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>
/// PID, PD1, PDA and the general practitioners of ROL: what the message says about the patient, element by element. A thin PID says little,
/// and so erases nothing.
/// </summary>
public static class PatientMap
{
    /// <exception cref="UntranslatableException">The message has no PID, or no identifier in it.</exception>
    public static void Map(Draft draft)
    {
        if (!draft.Message.TryFirst("PID", out Segment pid))
        {
            throw new UntranslatableException("PID", "patient-missing", "The message has no PID segment.");
        }

        if (draft.PatientKey is null)
        {
            throw new UntranslatableException("PID-3", "patient-id-missing", "Neither PID-3 nor PID-2 holds an identifier.");
        }

        Patient patient = new() { Id = draft.Patient.ToString() };
        List<string> cleared = [];
        PidIdentifiers.Read(pid, patient, cleared, draft);
        PidDemographics.Read(pid, patient, cleared, draft);
        PidContacts.Read(pid, patient, cleared, draft);
        Pd1Patient.Read(draft.Message.First("PD1"), patient, cleared, draft);
        PdaPatient.Read(draft.Message.First("PDA"), patient);
        draft.State(patient, StatementMode.Elements, cleared);
    }
}
