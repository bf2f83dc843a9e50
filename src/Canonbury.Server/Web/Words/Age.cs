namespace Canonbury.Server.Web.Words;

/// <summary>Ages as clinicians read them: days, weeks or months for small children, then years.</summary>
public static class Age
{
    /// <param name="at">Today, or the day of death.</param>
    public static string At(DateOnly born, DateOnly at)
    {
        if (at < born)
        {
            return "not yet born";
        }

        int months = ((at.Year - born.Year) * 12) + at.Month - born.Month - (at.Day < born.Day ? 1 : 0);
        int days = at.DayNumber - born.DayNumber;
        return (months, days) switch
        {
            ( >= 24, _) => UkTime.Count(months / 12, "year"),
            ( >= 3, _) => UkTime.Count(months, "month"),
            (_, >= 14) => UkTime.Count(days / 7, "week"),
            _ => UkTime.Count(days, "day"),
        };
    }
}
