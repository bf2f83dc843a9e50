using System.Globalization;
using Canonbury.Fhir.Cards;
using Canonbury.Server.Web.Pages.Shared.Record.Trends;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>A result's value and range on one line, exactly as sent.</summary>
public static class ValueText
{
    public static string? Of(Card card) => card.Value is not { } value
        ? card.Text
        : $"{card.Comparator}{value.ToString(CultureInfo.InvariantCulture)} {card.Unit ?? card.UnitCode}".TrimEnd();

    public static string? Range(Card card) => (card.Low, card.High) switch
    {
        (null, null) => card.RangeText,
        ({ } low, null) => $"{Number(low)} or more",
        (null, { } high) => $"{Number(high)} or less",
        ({ } low, { } high) => $"{Number(low)} to {Number(high)}",
    };

    /// <summary>The mark in words for tables, with what says it: the source, or the range that it sent.</summary>
    public static string Mark(Flag flag) => flag.Marked ? $"{flag.Shape} {flag.Word}" : "";

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
