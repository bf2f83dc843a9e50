using System.Collections.Frozen;
using Canonbury.Record.Reading;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>
/// Knows the items with which a source says that there is nothing ("no known allergies"). They are statements of their own, shown as
/// such, and never as if they were an allergy.
/// </summary>
public static class NothingKnown
{
    // SNOMED CT concepts and the codes of the HL7 IPS value set for absent and unknown data (absent-unknown-uv-ips).
    private static readonly FrozenSet<string> Codes = new[]
    {
        "716186003", "409137002", "429625007", "428607008", "160244002", "160245001", "787481004",
        "no-known-allergies", "no-known-medication-allergies", "no-known-environmental-allergies", "no-known-food-allergies",
        "no-known-problems", "no-known-medications", "no-known-immunizations", "no-known-procedures", "no-known-devices",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Sentences = new[]
    {
        "no known allergies", "no known allergy", "no known drug allergies", "no known drug allergy", "nkda", "nka",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Says(RecordItem item) =>
        (item.Card.Code is { } code && Codes.Contains(code)) || Sentences.Contains(item.Card.Title.Trim());
}
