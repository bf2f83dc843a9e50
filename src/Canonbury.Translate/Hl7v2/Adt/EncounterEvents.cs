using static Hl7.Fhir.Model.Encounter;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>
/// What an event says about the status of the visit in PV1. The map Event[EncounterStatus] has A01 to A05, A08, A11 and A13, and is
/// followed but for A04 and A08; the others follow HL7 v2 chapter 3. Updates (A08 and its kin) say nothing about the status, where the map
/// says unknown.
/// </summary>
internal static class EncounterEvents
{
    public static EncounterStatus? StatusOf(string trigger) => trigger switch
    {
        // Admit, transfer, change to in- or outpatient, cancelled transfer, cancelled discharge, swap, return from leave and its kin.
        "A01" or "A02" or "A06" or "A07" or "A12" or "A13" or "A17" or "A22" or "A52" => EncounterStatus.InProgress,

        // Chapter 3.3.4: the patient has arrived or checked in (the map says planned, the chapter does not).
        "A04" or "A10" => EncounterStatus.Arrived,
        "A03" => EncounterStatus.Finished,
        "A05" or "A14" => EncounterStatus.Planned,
        "A11" or "A27" or "A38" => EncounterStatus.Cancelled,
        "A21" or "A53" => EncounterStatus.Onleave,

        // Delete a patient record: sent for a visit that was entered in error.
        "A23" => EncounterStatus.EnteredInError,
        _ => null,
    };
}
