using Canonbury.Fhir.Cards;

namespace Canonbury.Server.Web.Pages.Shared.Record.Trends;

/// <summary>How a result stands, as a word and a shape: never by colour alone (WCAG 2.2, 1.4.1).</summary>
/// <param name="Word">"High", "Very low"; empty where nothing is marked.</param>
/// <param name="Shape">The mark beside it.</param>
/// <param name="ByRange">True where the source sent no mark and the value is outside the range that it sent.</param>
public sealed record Flag(string Word, string Shape, bool ByRange)
{
    public static readonly Flag None = new("", "", false);

    public bool Marked => Word.Length > 0;

    /// <summary>The class of the mark in the style sheet and the shape of its point in a chart.</summary>
    public string Kind => Shape switch
    {
        "▲" or "▲▲" => "high",
        "▼" or "▼▼" => "low",
        "◆" => "abnormal",
        _ => "normal",
    };

    // HL7 v3 ObservationInterpretation (FHIR R4 valueset-observation-interpretation).
    public static Flag Of(Card card) => card.Interpretation?.ToUpperInvariant() switch
    {
        "HH" or "HU" => new("Very high", "▲▲", false),
        "H" => new("High", "▲", false),
        "LL" or "LU" => new("Very low", "▼▼", false),
        "L" => new("Low", "▼", false),
        "A" => new("Abnormal", "◆", false),
        "AA" => new("Very abnormal", "◆", false),
        "POS" => new("Positive", "◆", false),
        "R" => new("Resistant", "◆", false),
        "N" or "NEG" or "ND" or "NR" or "S" => None,
        _ when card.Comparator is null && card.Value > card.High => new("Above range", "▲", true),
        _ when card.Comparator is null && card.Value < card.Low => new("Below range", "▼", true),
        _ => None,
    };
}
