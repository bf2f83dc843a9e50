namespace Canonbury.Fhir.Search.Query;

/// <summary>What one search may ask for at most, so that no query costs without bound.</summary>
public static class SearchLimits
{
    public const int Parameters = 100;

    /// <summary>Alternatives between commas.</summary>
    public const int Alternatives = 1000;

    /// <summary>Links of a chain, forward and back.</summary>
    public const int ChainDepth = 6;

    public const int SortKeys = 5;

    /// <summary>Matches on a page.</summary>
    public const int PageSize = 1000;
}
