using Canonbury.Fhir.Statements;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>A29: the source takes the person out of its index. The patient becomes inactive; nothing that was recorded goes away.</summary>
public static class PatientRemoval
{
    public static void Map(Draft draft)
    {
        _ = draft.PatientReference();
        draft.State(new Patient { Id = draft.Patient.ToString(), Active = false }, StatementMode.Elements);
    }
}
