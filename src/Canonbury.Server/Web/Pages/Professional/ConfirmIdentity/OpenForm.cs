namespace Canonbury.Server.Web.Pages.Professional.ConfirmIdentity;

/// <summary>The reason for opening a record, as sent.</summary>
/// <remarks>Properties, not constructor parameters: the form mapper refuses a form that lacks one of the latter.</remarks>
public sealed record OpenForm
{
    public static readonly IReadOnlyList<string> Reasons =
    [
        "Direct care: the person is with me or on my list now",
        "Direct care: referral, admission or discharge",
        "Direct care: results, letters or medicines to act on",
        "Answering the person's own question",
    ];

    public string? Reason { get; init; }

    public string? More { get; init; }

    /// <summary>The sealed search that the person was found by.</summary>
    public string? Search { get; init; }

    /// <summary>The reason as one text; empty where none was given.</summary>
    public string ToReason() =>
        string.Join(". ", new[] { Reason, More }.Select(part => part?.Trim()).Where(part => !string.IsNullOrEmpty(part)));
}
