using Canonbury.Fhir.Search.Values;
using Canonbury.Fhir.Text;

namespace Canonbury.Fhir.Search.Terms;

/// <summary>How a text is compared. https://hl7.org/fhir/R4/search.html#string</summary>
public enum WordsMode
{
    /// <summary>It begins so, whatever its case and accents.</summary>
    StartsWith,

    Contains,

    /// <summary>It is the same to the letter.</summary>
    Exact,
}

public sealed record WordsTerm(WordsMode Mode, string Text) : SearchTerm
{
    private readonly string folded = Folding.Fold(Text);

    /// <summary>The text as both databases would compare it.</summary>
    public string Folded => folded;

    public override bool Matches(SearchValue value) => value is SearchValue.Words { Original: var words } && Mode switch
    {
        WordsMode.Exact => words == Text,
        WordsMode.Contains => Folding.Fold(words).Contains(folded, StringComparison.Ordinal),
        _ => Folding.Fold(words).StartsWith(folded, StringComparison.Ordinal),
    };
}

/// <summary>How a URI is compared. https://hl7.org/fhir/R4/search.html#uri</summary>
public enum UriMode
{
    Same,

    /// <summary>The searched one or one under it.</summary>
    Below,

    /// <summary>The searched one or one above it.</summary>
    Above,
}

public sealed record UriTerm(UriMode Mode, string Text) : SearchTerm
{
    public override bool Matches(SearchValue value) => value is SearchValue.Uri { Text: var uri } && Mode switch
    {
        UriMode.Below => IsUnder(uri, Text),
        UriMode.Above => IsUnder(Text, uri),
        _ => uri == Text,
    };

    private static bool IsUnder(string uri, string above) =>
        uri.StartsWith(above, StringComparison.Ordinal) && (uri.Length == above.Length || above.EndsWith('/') || uri[above.Length] == '/');
}
