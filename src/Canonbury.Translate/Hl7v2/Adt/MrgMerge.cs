using Canonbury.Fhir.Ids;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>
/// MRG: the source says that its patient of MRG-1 goes on as the patient of PID-3 (HL7 v2 chapter 3, "Merging patient/person information":
/// A18, A30, A34, A36, A39, A40; A46 and A47 give the patient another id, which is the same for us).
/// </summary>
public static class MrgMerge
{
    /// <exception cref="UntranslatableException">MRG or its identifier is missing.</exception>
    public static void Map(Draft draft)
    {
        if (!draft.Message.TryFirst("MRG", out Segment mrg))
        {
            throw new UntranslatableException("MRG", "merged-patient-missing", "A merge names no patient to be merged away.");
        }

        mrg.Skip(1, 4);
        string key = PatientKey.OfMrg(mrg)
            ?? throw new UntranslatableException("MRG-1", "merged-patient-missing", "MRG-1 holds no identifier.");
        PatientId retired = PatientId.Of(draft.Source, key);
        if (retired == draft.Patient)
        {
            draft.Report("MRG-1", "merge-with-itself", "The merge names the same patient twice; nothing was merged.");
            return;
        }

        draft.Merge(retired, draft.Patient);
    }
}
