using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Cards of hospital stays, visits and contacts, and of the episodes that group them.</summary>
internal static class EncounterCards
{
    public static Card Of(Encounter encounter)
    {
        string plain = Concepts.Text(encounter.Class?.Display) ?? ClassName(encounter.Class?.Code);
        bool social = SocialCare.Is([.. encounter.Type, .. Some(encounter.ServiceType)]);
        Card named = Concepts.Card(social ? Section.SocialCare : Section.Encounters, plain, [.. encounter.Type, encounter.ServiceType]);
        return named with
        {
            Status = Concepts.Literal(encounter.StatusElement),
            When = Moments.Start(encounter.Period),
            Until = Moments.End(encounter.Period),
            Author = Actors.Names(encounter, encounter.Participant.Select(p => p.Individual)),
            Place = Concepts.Join(
            [
                Actors.Name(encounter, encounter.Location.Select(l => l.Location).Reverse()),
                Actors.Name(encounter, encounter.ServiceProvider),
            ]),
            Text = Concepts.Join(
            [
                named.Title == plain ? null : plain, Concepts.Words(encounter.ReasonCode),
                .. encounter.Diagnosis.Select(d => d.Condition?.Display),
                Concepts.Words(encounter.Hospitalization?.DischargeDisposition),
            ]),
            PartOf = Actors.Relative(encounter.PartOf) ?? Actors.Relative(encounter.EpisodeOfCare.FirstOrDefault()),
            SearchText = Concepts.Words(encounter.ServiceType),
        };
    }

    public static Card Of(EpisodeOfCare episode) =>
        Concepts.Card(SocialCare.Is(episode.Type) ? Section.SocialCare : Section.Encounters, "Episode of care", [.. episode.Type]) with
        {
            Status = Concepts.Literal(episode.StatusElement),
            When = Moments.Start(episode.Period),
            Until = Moments.End(episode.Period),
            Author = Actors.Name(episode, episode.CareManager),
            Place = Actors.Name(episode, episode.ManagingOrganization),
            Text = Actors.Names(episode, episode.Diagnosis.Select(d => d.Condition)),
        };

    // http://terminology.hl7.org/CodeSystem/v3-ActCode, the codes of ActEncounterCode.
    private static string ClassName(string? code) => code switch
    {
        "AMB" => "Outpatient visit",
        "EMER" => "Emergency visit",
        "FLD" => "Field visit",
        "HH" => "Home visit",
        "IMP" or "ACUTE" or "NONAC" => "Hospital stay",
        "OBSENC" => "Observation stay",
        "PRENC" => "Pre-admission",
        "SS" => "Day stay",
        "VR" => "Remote contact",
        _ => "Encounter",
    };

    private static IEnumerable<CodeableConcept> Some(CodeableConcept? concept) => concept is null ? [] : [concept];
}
