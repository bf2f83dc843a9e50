using Canonbury.Fhir.Cards;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>FHIR's status codes in plain words; an unknown code is shown as sent.</summary>
public static class StatusWords
{
    public static string? Of(Card card) => (Status(card.Status), Verification(card.Verification)) switch
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
