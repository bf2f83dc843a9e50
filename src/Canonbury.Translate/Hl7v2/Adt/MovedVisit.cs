using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>
/// A42 and A50: a visit (MRG-5) goes on under another number (PV1-19). The old one is marked as entered in error, so that no visit is
/// shown twice; what was recorded under it stays in its history. A45 moves a visit to another patient: PV1 of the new patient says where.
/// </summary>
public static class MovedVisit
{
    public static void Map(Draft draft)
    {
        Segment mrg = draft.Message.First("MRG");
        if (EncounterKey.Numbered(mrg[5], "VN", draft) is not { } old || old == EncounterKey.Find(draft))
        {
            return;
        }

        Encounter retired = new()
        {
            Id = draft.IdOf("Encounter", old),
            Subject = draft.PatientReference(),
            Status = Encounter.EncounterStatus.EnteredInError,
        };
        draft.State(retired, StatementMode.Elements);
    }
}
