using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Cards of hospital stays, visits and contacts, and of the episodes that group them.</summary>
internal static class EncounterCards
{
    public static Card Of(Encounter encounter)
    {
        string plain = ClassName(encounter.Class);
        bool social = SocialCare.Is([.. encounter.Type, .. Some(encounter.ServiceType)]);
        Card coded = Concepts.Card(social ? Section.SocialCare : Section.Encounters, plain, [.. encounter.Type, encounter.ServiceType]);
        string? kind = encounter.Type.Select(Concepts.WordsOnly).FirstOrDefault(words => words is not null);
        string? service = Concepts.WordsOnly(encounter.ServiceType);
        // What happened is the name; the service alone ("Acute medicine") would not say whether it was a stay or a visit.
        Card named = coded with { Title = kind ?? (social ? service : null) ?? plain, OriginalText = kind is null ? null : coded.OriginalText };
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
                named.Title == plain ? null : plain,
                named.Title == service ? null : service,
                .. encounter.ReasonCode.Select(Concepts.WordsOnly),
                .. encounter.Diagnosis.Select(d => d.Condition?.Display),
                Concepts.WordsOnly(encounter.Hospitalization?.DischargeDisposition),
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

    // http://terminology.hl7.org/CodeSystem/v3-ActCode, the codes of ActEncounterCode, in words that a resident reads too; the displays
    // of the code system ("ambulatory", "inpatient encounter") are not. R is of HL7 v2 table 0004.
    private static string ClassName(Coding? coding) => coding?.Code switch
    {
        "AMB" => "Clinic or surgery visit",
        "EMER" => "Emergency visit",
        "FLD" => "Field visit",
        "HH" => "Home visit",
        "IMP" or "ACUTE" or "NONAC" => "Hospital stay",
        "OBSENC" => "Observation stay",
        "PRENC" => "Pre-admission",
        "SS" => "Day stay",
        "VR" => "Phone or video contact",
        "R" => "Regular care",
        _ => Concepts.Text(coding?.Display) ?? "Contact",
    };

    private static IEnumerable<CodeableConcept> Some(CodeableConcept? concept) => concept is null ? [] : [concept];
}
