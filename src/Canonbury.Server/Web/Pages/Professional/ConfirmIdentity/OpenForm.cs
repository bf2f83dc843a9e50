namespace Canonbury.Server.Web.Pages.Professional.ConfirmIdentity;

/// <summary>The reason for opening a record, as sent.</summary>
/// <param name="Search">The sealed search that the person was found by.</param>
public sealed record OpenForm(string? Reason = null, string? More = null, string? Search = null)
{
    public static readonly IReadOnlyList<string> Reasons =
    [
        "Direct care: the person is with me or on my list now",
        "Direct care: referral, admission or discharge",
        "Direct care: results, letters or medicines to act on",
        "Answering the person's own question",
    ];

    /// <summary>The reason as one text; empty where none was given.</summary>
    public string ToReason() => string.Join(". ", new[] { Reason, More }.Select(part => part?.Trim()).Where(part => !string.IsNullOrEmpty(part)));
}
