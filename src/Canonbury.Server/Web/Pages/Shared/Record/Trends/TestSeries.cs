using System.Security.Cryptography;
using System.Text;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Units;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Trends;

/// <summary>All results of one test, newest first.</summary>
/// <param name="Key">Names the test in an address without saying which it is.</param>
/// <param name="Title">The newest name of the test.</param>
public sealed record TestSeries(string Key, string Title, IReadOnlyList<RecordItem> Items)
{
    public RecordItem Newest => Items[0];

    /// <summary>
    /// The charts of the test: one where all numbers can be brought to one unit, else one for each unit; and one for each number of a
    /// measurement that has several.
    /// </summary>
    public IReadOnlyList<Trend> Trends() => Trend.Of(Items);

    /// <summary>Groups results by test, the most recently done test first. Reports stand alone.</summary>
    public static IReadOnlyList<TestSeries> Group(IEnumerable<RecordItem> items) =>
    [
        .. items.GroupBy(
            item => item.Card.Group ?? (item.Card.Code is { } code ? $"{item.Card.System}|{code}" : $"{item.Type}:{item.Card.Title}"))
            .Select(group => new TestSeries(KeyOf(group.Key), group.First().Card.Title, [.. group])),
    ];

    private static string KeyOf(string group) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(group)).AsSpan(0, 8));
}

/// <summary>One value of a trend in the trend's unit.</summary>
/// <param name="Converted">True where the source gave it in another unit.</param>
public sealed record TrendPoint(RecordItem Item, DateTimeOffset At, double Value, double? Low, double? High, Flag Flag, bool Converted);

/// <summary>Numbers that may stand on one axis: one unit, or units that convert into it (D5).</summary>
/// <param name="Part">Which number of a measurement that has several ("Systolic blood pressure"); null for the only one.</param>
public sealed record Trend(string? Part, string Unit, IReadOnlyList<TrendPoint> Points)
{
    /// <summary>Oldest point first. A value with a comparator (<c>&lt;5</c>) is no point on a line and is left to the table.</summary>
    public static IReadOnlyList<Trend> Of(IReadOnlyList<RecordItem> newestFirst)
    {
        List<(string? Part, string? Code, string Shown, List<TrendPoint> Points)> trends = [];
        foreach ((RecordItem item, string? part, decimal value, string? unit, string? code) in newestFirst.SelectMany(Numbers))
        {
            if (FhirDate.Parse(item.Card.When) is not { HasDay: true } when)
            {
                continue;
            }

            string shown = unit ?? code ?? "";
            int at = trends.FindIndex(trend => trend.Part == part
                && (Ucum.Factor(code, trend.Code) is not null || (shown == trend.Shown && (code is null || trend.Code is null))));
            if (at < 0)
            {
                at = trends.Count;
                trends.Add((part, code, shown, []));
            }

            double factor = Ucum.Factor(code, trends[at].Code) ?? 1;
            // The range and the mark of a measurement that has several numbers are about the whole of it.
            Card? whole = part is null ? item.Card : null;
            trends[at].Points.Add(new TrendPoint(
                item,
                when.Start,
                (double)value * factor,
                (double?)whole?.Low * factor,
                (double?)whole?.High * factor,
                whole is null ? Flag.None : Flag.Of(whole),
                factor != 1));
        }

        return [.. trends.Select(trend => new Trend(trend.Part, UnitText.Of(trend.Shown) ?? "", [.. trend.Points.OrderBy(point => point.At)]))];
    }

    private static IEnumerable<(RecordItem Item, string? Part, decimal Value, string? Unit, string? Code)> Numbers(RecordItem item)
    {
        if (item.Card is { Value: { } value, Comparator: null })
        {
            yield return (item, null, value, item.Card.Unit, item.Card.UnitCode);
        }
        else if (item.Card.Value is null)
        {
            foreach (CardPart part in item.Card.Parts.Where(part => part.Comparator is null))
            {
                yield return (item, part.Title, part.Value, part.Unit, part.UnitCode);
            }
        }
    }
}
