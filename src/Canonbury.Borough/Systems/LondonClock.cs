namespace Canonbury.Borough.Systems;

/// <summary>The clock on the wall of every system of the borough.</summary>
internal static class LondonClock
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static DateTime Now(TimeProvider time) => TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).DateTime;

    public static DateTimeOffset WithOffset(DateTime wall) => new(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), Zone.GetUtcOffset(wall));
}
