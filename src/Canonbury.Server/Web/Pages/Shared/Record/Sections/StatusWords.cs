using Canonbury.Fhir.Cards;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>FHIR's status codes in plain words; an unknown code is shown as sent.</summary>
public static class StatusWords
{
    private static readonly string[] Unfinished = ["active", "booked", "pending", "proposed", "planned", "arrived", "in-progress", "waitlist"];

    /// <summary>Of an item that is listed as past: where the source never said that it is over, the words say why it stands there.</summary>
    public static string? OfPast(Card card) => Of(card) is { } words && Unfinished.Contains(card.Status ?? "", StringComparer.OrdinalIgnoreCase)
        ? $"{words}; its date has passed"
        : Of(card);

    public static string? Of(Card card) => (Status(card), Verification(card.Verification)) switch
    {
        (null, null) => null,
        (null, { } verification) => verification,
        ({ } status, null) => status,
        ({ } status, { } verification) => $"{status}, {verification.ToLowerInvariant()}",
    };

    /// <summary>Only what changes the meaning: "confirmed" is what a reader takes for granted (hazard 9).</summary>
    public static string? Verification(string? code) => code?.ToLowerInvariant() switch
    {
        null or "confirmed" => null,
        "unconfirmed" => "Not confirmed",
        "provisional" => "Suspected",
        "differential" => "One of several possible",
        "refuted" => "Ruled out",
        "entered-in-error" => "Entered by mistake",
        _ => code,
    };

    /// <summary>"Completed" has a better word where something is given or sent.</summary>
    public static string? Status(Card card) => (card.Section, card.Status?.ToLowerInvariant()) switch
    {
        (Section.Immunisations, "completed") => "Given",
        (Section.Immunisations, "not-done") => "Not given",
        (Section.Procedures, "completed") => "Done",
        _ => Status(card.Status),
    };

    public static string? Status(string? code) => code?.ToLowerInvariant() switch
    {
        null or "" => null,
        "active" => "Active",
        "inactive" => "Not active",
        "resolved" => "Resolved",
        "remission" => "In remission",
        "recurrence" => "Come back",
        "relapse" => "Relapsed",
        "completed" or "fulfilled" or "finished" => "Finished",
        "stopped" => "Stopped",
        "on-hold" => "On hold",
        "onleave" => "On leave",
        "cancelled" or "revoked" => "Cancelled",
        "booked" => "Booked",
        "proposed" => "Proposed",
        "pending" => "Waiting for an answer",
        "arrived" => "Arrived",
        "noshow" => "Did not attend",
        "waitlist" => "On a waiting list",
        "in-progress" => "Now",
        "planned" => "Planned",
        "triaged" => "Triaged",
        "final" => "Final",
        "preliminary" => "Provisional: not yet final",
        "registered" => "Asked for, no result yet",
        "partial" => "Part of the result only",
        "amended" => "Amended",
        "corrected" => "Corrected",
        "appended" => "Added to",
        "current" => "Current",
        "superseded" => "Replaced by a newer version",
        "draft" => "Draft",
        "not-done" => "Not done",
        "entered-in-error" => "Entered by mistake",
        "unknown" => "Status not known",
        _ => code,
    };
}
