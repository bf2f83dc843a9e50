namespace Canonbury.Server.Web.Pages.Operations.DeadLetters;

/// <summary>Which dead letters to process again.</summary>
/// <remarks>Properties, not constructor parameters: the form mapper refuses a form that lacks one of the latter.</remarks>
public sealed record ReplayForm
{
    /// <summary>The chosen ones.</summary>
    public string[]? Key { get; init; }

    /// <summary>Set by the button that takes all of them.</summary>
    public string? All { get; init; }

    /// <summary>Null for all.</summary>
    public IReadOnlyList<string>? Keys => All is not null ? null : Key ?? [];
}
