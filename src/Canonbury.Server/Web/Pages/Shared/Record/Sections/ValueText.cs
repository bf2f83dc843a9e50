using System.Globalization;
using Canonbury.Fhir.Cards;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>A result's value and range on one line: the number exactly as sent, its unit as it is printed.</summary>
public static class ValueText
{
    public static string? Of(Card card) => card.Value is { } value ? Number(card.Comparator, value, card.Unit ?? card.UnitCode)
        : Pressure(card.Parts) ?? card.Text;

    public static string? Range(Card card) => (card.Low, card.High) switch
    {
        (null, null) => card.RangeText,
        ({ } low, null) => $"{Number(low)} or more",
        (null, { } high) => $"{Number(high)} or less",
        ({ } low, { } high) => $"{Number(low)} to {Number(high)}",
    };

    public static string Number(string? comparator, decimal value, string? unit) => $"{comparator}{Number(value)} {UnitText.Of(unit)}".TrimEnd();

    /// <summary>A blood pressure as it is written: 129/89 mmHg.</summary>
    private static string? Pressure(CardParts parts)
    {
        CardPart? systolic = Part(parts, "systolic");
        CardPart? diastolic = Part(parts, "diastolic");
        return parts.Count == 2 && systolic is { Comparator: null } && diastolic is { Comparator: null } && systolic.Unit == diastolic.Unit
            ? $"{Number(systolic.Value)}/{Number(diastolic.Value)} {UnitText.Of(systolic.Unit)}".TrimEnd()
            : null;
    }

    private static CardPart? Part(CardParts parts, string name) =>
        parts.FirstOrDefault(part => part.Title.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
