using Canonbury.Translate.Hl7v2.Adt;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// PV1, and what FHIR demands of an encounter and the message leaves out: an update says no status, a result no class. That holds only until
/// another message says it.
/// </summary>
internal static class VisitMap
{
    public static void Map(Draft draft)
    {
        EncounterMap.Map(draft);
        Encounter? visit = draft.Statements.Count == 0 ? null : draft.Statements[^1].Content as Encounter;
        if (visit is null or { Status: not null, Class: not null })
        {
            return;
        }

        Encounter unknown = new()
        {
            Id = visit.Id,
            Status = Encounter.EncounterStatus.Unknown,
            Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "UNK", "unknown"),
        };
        FallbackStatements.StateUntilKnown(unknown, draft);
    }
}
