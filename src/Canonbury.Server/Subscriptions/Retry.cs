namespace Canonbury.Server.Subscriptions;

/// <summary>When to try again, and when to give up. Pure.</summary>
internal static class Retry
{
    /// <summary>The pause before the next attempt: it doubles with each failure up to the longest, less up to half of it by chance, so that many receivers
    /// that came back are not told in one moment.</summary>
    /// <param name="failures">In a row, from 1.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan Pause(int failures, double chance, SubscriptionOptions options)
    {
        double full = Math.Min(options.RetrySeconds * Math.Pow(2, Math.Min(failures - 1, 40)), Math.Max(options.LongestRetrySeconds, options.RetrySeconds));
        return TimeSpan.FromSeconds(full * (1 - (chance / 2)));
    }

    public static bool GivesUp(int failures, TimeSpan since, SubscriptionOptions options) =>
        failures >= options.OffAfterFailures || since >= TimeSpan.FromHours(options.OffAfterHours);
}
