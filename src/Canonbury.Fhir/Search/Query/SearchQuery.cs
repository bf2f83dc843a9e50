using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;

namespace Canonbury.Fhir.Search.Query;

/// <summary>A search, understood. https://hl7.org/fhir/R4/search.html</summary>
public sealed record SearchQuery
{
    /// <summary>The types that are searched: one, or several at system level; none there for all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<Criterion> Criteria { get; init; } = [];

    public IReadOnlyList<SortKey> Sort { get; init; } = [];

    public IReadOnlyList<Inclusion> Inclusions { get; init; } = [];

    /// <summary>Matches on a page; null for the server's own number, 0 for a count alone.</summary>
    public int? Count { get; init; }

    public bool WantsTotal { get; init; }

    /// <summary>False for <c>_linked=false</c>: only the patient that is named, not all of the person (design, section 4).</summary>
    public bool Linked { get; init; } = true;

    /// <summary>Only what this source has sent; null for every source that the grant shows.</summary>
    public SourceId? Source { get; init; }

    /// <summary>Where the page before ended, as the server wrote it; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>What was understood, for the self link.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Understood { get; init; } = [];

    /// <summary>What was not, and was passed over.</summary>
    public IReadOnlyList<Issue> PassedOver { get; init; } = [];
}

/// <summary>One key of <c>_sort</c>.</summary>
/// <param name="Parameter">Null for <c>_id</c>.</param>
public sealed record SortKey(SearchParameter? Parameter, bool Descending);

/// <summary><c>_include</c> or <c>_revinclude</c>. https://hl7.org/fhir/R4/search.html#revinclude</summary>
/// <param name="SourceType">The type that refers; null for every type.</param>
/// <param name="Parameter">Null for every reference of it.</param>
/// <param name="TargetType">Null for any.</param>
/// <param name="Iterate">Also from what was included itself.</param>
public sealed record Inclusion(bool Reverse, string? SourceType, SearchParameter? Parameter, string? TargetType, bool Iterate);

/// <summary>What reading a search gave: the search, or what is wrong with it.</summary>
public sealed record ReadQuery(SearchQuery? Query, Problem? Problem);
