using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>
/// PV1, PV2 and ROL: what the message says about the visit, element by element. The status is stated only where the event says it, so an
/// update never reopens a visit that has ended.
/// </summary>
public static class EncounterMap
{
    public static void Map(Draft draft)
    {
        if (EncounterKey.Find(draft) is not { } key)
        {
            NoteMissingNumber(draft);
            return;
        }

        Segment pv1 = draft.Message.First("PV1");
        Encounter encounter = new()
        {
            Id = draft.IdOf("Encounter", key),
            Subject = draft.PatientReference(),
            Status = draft.Header.MessageCode == "ADT" ? EncounterEvents.StatusOf(draft.Trigger) : null,
        };
        draft.Encounter = new ResourceReference($"Encounter/{encounter.Id}");
        List<string> cleared = [];
        Pv1Encounter.Read(pv1, encounter, cleared, draft);
        Pv1Hospitalization.Read(pv1, encounter, draft);
        Pv1Locations.Read(pv1, encounter, cleared, draft);
        Pv2Encounter.Read(draft.Message.First("PV2"), encounter, cleared, draft);
        draft.State(encounter, StatementMode.Elements, cleared);
    }

    /// <summary>Only an event about a visit needs a visit; a PV1 that says "not applicable" has none.</summary>
    private static void NoteMissingNumber(Draft draft)
    {
        Segment pv1 = draft.Message.First("PV1");
        pv1.Skip(2);
        if (pv1.Exists && draft.Header.MessageCode == "ADT" && EncounterEvents.StatusOf(draft.Trigger) is not null)
        {
            draft.Report("PV1-19", "visit-number-missing",
                "The visit has neither a number nor an admission time; what PV1 says was left out.");
        }
    }
}
