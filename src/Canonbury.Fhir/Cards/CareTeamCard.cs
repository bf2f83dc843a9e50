using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>The card of a care team: who looks after the person, each with the role that the source names.</summary>
internal static class CareTeamCard
{
    public static Card Of(CareTeam team) => Concepts.Card(Section.CareTeam, "Care team", [.. team.Category]) with
    {
        Title = Concepts.Text(team.Name) ?? Concepts.Words(team.Category) ?? "Care team",
        Status = Concepts.Literal(team.StatusElement),
        When = Moments.Start(team.Period),
        Until = Moments.End(team.Period),
        Place = Actors.Names(team, team.ManagingOrganization),
        Text = Concepts.Join(team.Participant.Select(p => Member(team, p))),
        PartOf = Actors.Relative(team.Encounter),
    };

    private static string? Member(CareTeam team, CareTeam.ParticipantComponent participant)
    {
        string? role = Concepts.Words(participant.Role);
        return Actors.Name(team, participant.Member, participant.OnBehalfOf) is { } name ? role is null ? name : $"{name} ({role})" : role;
    }
}
