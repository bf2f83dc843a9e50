using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>PV1: where the person is (PV1-3), was (PV1-6), is for now (PV1-11) and will be (PV1-42).</summary>
internal static class Pv1Locations
{
    public static void Read(Segment pv1, Encounter encounter, List<string> cleared, Draft draft)
    {
        bool isPlanned = pv1.Peek(2).Text == "P";
        Add(encounter, pv1[3], isPlanned ? Encounter.EncounterLocationStatus.Planned : Encounter.EncounterLocationStatus.Active, draft);
        Add(encounter, pv1[6], Encounter.EncounterLocationStatus.Completed, draft);
        Add(encounter, pv1[11], Encounter.EncounterLocationStatus.Active, draft);
        Add(encounter, pv1[42], Encounter.EncounterLocationStatus.Reserved, draft);
        if (encounter.Location.Count == 0 && pv1.Peek(3).IsNull)
        {
            cleared.Add("location");
        }
    }

    private static void Add(Encounter encounter, Field field, Encounter.EncounterLocationStatus status, Draft draft)
    {
        if (Pl.ToReference(field, draft) is { } place)
        {
            encounter.Location.Add(new Encounter.LocationComponent { Location = place, Status = status });
        }
    }
}
