using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Everything that the systems of the borough send about one resident, in order of time.</summary>
public static class History
{
    /// <summary>The whole history; the same resident and options always give the same bytes.</summary>
    public static IReadOnlyList<SourceEvent> Of(Resident resident, BoroughOptions options)
    {
        HealthProfile health = HealthProfile.Of(resident, options);
        List<SourceEvent> events = [];
        LifeStory story = new(resident, health, options, Registrations.Of(resident, health, options), RunOf(options), events);
        story.TellRegistrations();
        story.TellPast();
        return InOrder(events, options);
    }

    /// <summary>Only who the person is to each system, for a borough of identities.</summary>
    public static IReadOnlyList<SourceEvent> IdentityOf(Resident resident, BoroughOptions options)
    {
        HealthProfile health = HealthProfile.Of(resident, options);
        List<SourceEvent> events = [];
        new LifeStory(resident, health, options, Registrations.Of(resident, health, options), RunOf(options), events).TellRegistrations();
        return InOrder(events, options);
    }

    /// <summary>Something that happens to the resident now; none where no system knows the person.</summary>
    /// <param name="run">Distinguishes this happening from every other: it goes into control ids and business keys.</param>
    public static IReadOnlyList<SourceEvent> Now(Resident resident, BoroughOptions options, DateTime now, string run)
    {
        if (resident.Died is not null)
        {
            return [];
        }

        HealthProfile health = HealthProfile.Of(resident, options);
        List<SourceEvent> events = [];
        LifeStory story = new(resident, health, options, Registrations.Of(resident, health, options), run, events);
        story.TellNow(now);
        events.Sort((one, other) => one.At.CompareTo(other.At));
        return events;
    }

    private static string RunOf(BoroughOptions options) =>
        options.Seed == 0 ? "" : "." + (options.Seed % 4096).ToString("x", System.Globalization.CultureInfo.InvariantCulture);

    // A stable sort, because several systems hear of the same moment in the order in which the story tells it.
    private static SourceEvent[] InOrder(List<SourceEvent> events, BoroughOptions options)
    {
        DateTime end = options.AsOf.ToDateTime(TimeOnly.MaxValue);
        return [.. events.Where(each => each.At <= end).OrderBy(each => each.At)];
    }
}
