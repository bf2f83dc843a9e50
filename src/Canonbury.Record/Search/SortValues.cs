using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Search.Values;

namespace Canonbury.Record.Search;

/// <summary>One value of a sort key in a form that compares: a number, or folded text; neither where there is none, which comes last.</summary>
public readonly record struct SortValue(decimal? Number, string? Text)
{
    private bool IsNone => Number is null && Text is null;

    /// <summary>The order of two resources by one key; what has no value comes last either way.</summary>
    public static int Compare(SortValue one, SortValue other, bool descending)
    {
        if (one.IsNone || other.IsNone)
        {
            return one.IsNone.CompareTo(other.IsNone);
        }

        int order = one.Number is { } number && other.Number is { } otherNumber ? number.CompareTo(otherNumber) : string.CompareOrdinal(one.Text, other.Text);
        return descending ? -order : order;
    }

    /// <summary>Of several values, the smallest where the order ascends and the greatest where it descends (search.html#sort).</summary>
    internal static SortValue Of(Candidate candidate, SortKey key)
    {
        if (key.Parameter is null)
        {
            return new SortValue(null, candidate.FhirId);
        }

        SortValue best = default;
        foreach (SortValue value in candidate.Values.Stored(key.Parameter).Select(value => Of(value, key.Descending)))
        {
            best = best.IsNone || Compare(value, best, key.Descending) < 0 ? value : best;
        }

        return best;
    }

    private static SortValue Of(SearchValue value, bool descending) => value switch
    {
        SearchValue.Date { Range: var range } => new SortValue(descending ? range.Last : range.First, null),
        SearchValue.Quantity quantity => new SortValue(quantity.Low ?? quantity.High, null),
        SearchValue.Words words => new SortValue(null, Fhir.Text.Folding.Fold(words.Original)),
        SearchValue.Token token => new SortValue(null, token.Code ?? ""),
        SearchValue.Uri uri => new SortValue(null, uri.Text),
        SearchValue.Reference reference => new SortValue(null, $"{reference.Base}/{reference.Type}/{reference.Id}"),
        _ => default,
    };
}
