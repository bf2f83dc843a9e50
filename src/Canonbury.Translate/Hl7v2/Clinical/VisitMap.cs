using Canonbury.Translate.Hl7v2.Adt;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// PV1 of a message that is not about the visit: what it says is stated element by element, and what it cannot say (how far the visit is) holds
/// only until an admission message says it.
/// </summary>
internal static class VisitMap
{
    public static void Map(Draft draft)
    {
        EncounterMap.Map(draft);
        if (draft.Encounter?.Reference is not { } reference)
        {
            return;
        }

        Encounter unknown = new()
        {
            Id = reference["Encounter/".Length..],
            Status = Encounter.EncounterStatus.Unknown,
            Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "UNK", "unknown"),
        };
        FallbackStatements.StateUntilKnown(unknown, draft);
    }
}
