using System.Globalization;

namespace Canonbury.Server.Web.Words;

/// <summary>Dates and times as the NHS service manual writes them, in British time: <c>4 May 2024</c>, <c>4 May 2024, 10:12</c>.</summary>
public static class UkTime
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, Zone).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For tables, where a long month breaks the line (NHS service manual): <c>4 Sep 2024</c>, kept together.</summary>
    public static string ShortDate(DateOnly date) => date.ToString("d'\u00a0'MMM'\u00a0'yyyy", CultureInfo.InvariantCulture);

    /// <summary>For tables: <c>4 Sep 2024, 10:12</c>.</summary>
    public static string ShortMoment(DateTimeOffset moment) => $"{ShortDate(DateOf(moment))}, {Time(moment)}";

    /// <summary>The time of day: <c>10:12</c>.</summary>
    public static string Time(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static DateOnly DateOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>Midnight in Britain at the start of the date.</summary>
    public static DateTimeOffset StartOf(DateOnly date)
    {
        DateTime midnight = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight));
    }

    /// <summary>How long ago, in the largest whole unit: <c>5 minutes ago</c>.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalMinutes: < 1 } => "less than a minute ago",
        { TotalHours: < 1 } gap => $"{Count((int)gap.TotalMinutes, "minute")} ago",
        { TotalDays: < 1 } gap => $"{Count((int)gap.TotalHours, "hour")} ago",
        TimeSpan gap => $"{Count((int)gap.TotalDays, "day")} ago",
    };

    /// <summary>A number and its word, in the plural unless it is one.</summary>
    public static string Count(long number, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {word}{(number == 1 ? "" : "s")}");
}
