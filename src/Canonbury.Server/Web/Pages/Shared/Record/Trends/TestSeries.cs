using System.Security.Cryptography;
using System.Text;
using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Trends;

/// <summary>All results of one test, newest first.</summary>
/// <param name="Key">Names the test in an address without saying which it is.</param>
/// <param name="Title">The newest name of the test.</param>
public sealed record TestSeries(string Key, string Title, IReadOnlyList<RecordItem> Items)
{
    public RecordItem Newest => Items[0];

    /// <summary>The charts of the test: one where all numbers can be brought to one unit, else one for each unit.</summary>
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
public sealed record Trend(string Unit, IReadOnlyList<TrendPoint> Points)
{
    /// <summary>Oldest point first. A value with a comparator (<c>&lt;5</c>) is no point on a line and is left to the table.</summary>
    public static IReadOnlyList<Trend> Of(IReadOnlyList<RecordItem> newestFirst)
    {
        List<(string? Code, string Shown, List<TrendPoint> Points)> trends = [];
        foreach (RecordItem item in newestFirst)
        {
            Card card = item.Card;
            if (card.Value is not { } value || card.Comparator is not null || FhirDate.Parse(card.When) is not { HasDay: true } when)
            {
                continue;
            }

            string shown = card.Unit ?? card.UnitCode ?? "";
            string? code = card.UnitCode;
            int at = trends.FindIndex(
                trend => Ucum.Factor(code, trend.Code) is not null || (shown == trend.Shown && (code is null || trend.Code is null)));
            if (at < 0)
            {
                at = trends.Count;
                trends.Add((code, shown, []));
            }

            double factor = Ucum.Factor(code, trends[at].Code) ?? 1;
            trends[at].Points.Add(new TrendPoint(
                item,
                when.Start,
                (double)value * factor,
                (double?)card.Low * factor,
                (double?)card.High * factor,
                Flag.Of(card),
                factor != 1));
        }

        return [.. trends.Select(trend => new Trend(trend.Shown, [.. trend.Points.OrderBy(point => point.At)]))];
    }
}
