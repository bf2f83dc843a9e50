using System.Globalization;
using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Everything that the systems of the borough send about one resident, in order of time.</summary>
public static class History
{
    /// <summary>The whole history; the same resident and options always give the same bytes.</summary>
    public static IReadOnlyList<SourceEvent> Of(Resident resident, BoroughOptions options)
    {
        List<SourceEvent> events = [];
        LifeStory story = Begin(resident, options, events);
        story.TellRegistrations();
        story.TellPast();
        return InOrder(events, resident, options);
    }

    /// <summary>Only who the person is to each system, for a borough of identities.</summary>
    public static IReadOnlyList<SourceEvent> IdentityOf(Resident resident, BoroughOptions options)
    {
        List<SourceEvent> events = [];
        Begin(resident, options, events).TellRegistrations();
        return InOrder(events, resident, options);
    }

    /// <summary>Something that happens to the resident now; nothing where no system would hear of it.</summary>
    /// <param name="run">Distinguishes this happening from every other: it goes into control ids and business keys.</param>
    public static IReadOnlyList<SourceEvent> Now(Resident resident, BoroughOptions options, DateTime now, string run)
    {
        if (resident.Died is not null)
        {
            return [];
        }

        List<SourceEvent> events = [];
        ulong moment = (ulong)now.Ticks ^ (ulong)(resident.Number << 20);
        new LifeStory(resident, HealthProfile.Of(resident, options), options, new Dice(options.Seed, 6, moment), run, events).TellNow(now);
        return [.. events.Where(each => each.At <= now).OrderBy(each => each.At)];
    }

    private static LifeStory Begin(Resident resident, BoroughOptions options, List<SourceEvent> events) =>
        new(resident, HealthProfile.Of(resident, options), options, new Dice(options.Seed, 4, (ulong)resident.Number), RunOf(options), events);

    private static string RunOf(BoroughOptions options) => "." + (options.Seed % 4096).ToString("x", CultureInfo.InvariantCulture);

    // OrderBy is stable: several systems hear of one moment in the order in which the story tells it. The dead are not seen again.
    private static SourceEvent[] InOrder(List<SourceEvent> events, Resident resident, BoroughOptions options)
    {
        DateOnly last = resident.Died is DateOnly died && died.AddDays(6) < options.AsOf ? died.AddDays(6) : options.AsOf;
        DateTime end = last.ToDateTime(TimeOnly.MaxValue);
        return [.. events.Where(each => each.At <= end).OrderBy(each => each.At)];
    }
}
