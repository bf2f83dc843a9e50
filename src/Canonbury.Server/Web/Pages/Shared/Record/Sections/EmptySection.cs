namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>The five kinds of empty (design, rule 5); FHIR's <c>list-empty-reason</c> has no such exact set.</summary>
public enum EmptyKind
{
    /// <summary>A source says in so many words that there is nothing.</summary>
    NoneRecorded,

    /// <summary>No source has sent anything of this kind, so nothing is known.</summary>
    NotShared,

    /// <summary>It may not be shown to this reader.</summary>
    Withheld,

    /// <summary>A source that sends this kind is silent for longer than it should be.</summary>
    NoAnswer,

    /// <summary>Something came and waits in the dead letters or in quarantine.</summary>
    NotYetUsable,
}

/// <summary>Why a section shows nothing, in exact words.</summary>
/// <param name="Name">The kind of empty in two or three words.</param>
/// <param name="Words">What that means here, in a sentence or two.</param>
public sealed record EmptySection(EmptyKind Kind, string Name, string Words)
{
    /// <summary>The same without the names of sources, for a page that lists many sections.</summary>
    public string Short { get; init; } = Words;
}
