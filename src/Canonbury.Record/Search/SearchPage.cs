using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;

namespace Canonbury.Record.Search;

/// <summary>Where a page ended: the place in the store, and the values that it was sorted by.</summary>
public sealed record PagePosition(RowKey Place, IReadOnlyList<SortValue> Values);

/// <summary>One page of a search.</summary>
/// <param name="Next">Where the next page goes on; null where this is the last.</param>
/// <param name="Total">Of all pages; null where it was not counted.</param>
public sealed record SearchPage(IReadOnlyList<OwnResource> Matches, IReadOnlyList<OwnResource> Included, PagePosition? Next, int? Total);

/// <summary>What a search gave: a page, or why there is none.</summary>
public sealed record SearchAnswer(SearchPage? Page, Problem? Problem);
