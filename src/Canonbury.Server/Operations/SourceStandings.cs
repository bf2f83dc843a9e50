using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources;
using Canonbury.Server.Web.Pages.Operations;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Operations;

/// <summary>How every source stands against the interval in which it should send (feature C10), for receipts and the list of feeds.</summary>
public sealed class SourceStandings(SourceRegistry sources, FeedBoard feeds, IOptions<IntakeOptions> options, TimeProvider time)
{
    public ValueTask<IReadOnlyList<SourceStanding>> ListAsync(CancellationToken cancellation)
    {
        IReadOnlyDictionary<SourceId, DateTimeOffset> last = feeds.LastReceived();
        return ValueTask.FromResult<IReadOnlyList<SourceStanding>>(
        [
            // A client that is there to read is no source until it sends.
            .. sources.All()
                .Where(source => source.Origin != SourceRegistry.Reader || last.ContainsKey(source.Id))
                .Select(source => Standing(source, last)),
        ]);
    }

    public Task<IReadOnlyList<FeedRow>> FeedsAsync(AccessGrant grant, CancellationToken cancellation)
    {
        IReadOnlyList<FeedStanding> standings = feeds.Feeds();
        Dictionary<SourceId, RegisteredSource> known = sources.All().ToDictionary(source => source.Id);
        return Task.FromResult<IReadOnlyList<FeedRow>>([.. standings.Select(feed => new FeedRow(
            feed.Feed,
            Standing(known.GetValueOrDefault(feed.Source) ?? new RegisteredSource(feed.Source, feed.Source.Value, null, "", false, feed.LastReceived), feed.LastReceived),
            feed.Received,
            // Messages that a client writes by FHIR are counted in all, not by the hour.
            feed.LastHour == 0 && feed.LastReceived > time.GetUtcNow().AddHours(-1) ? null : feed.LastHour / 60.0,
            feed.Waiting,
            feed.DeadLetters,
            feed.Alarms))]);
    }

    private SourceStanding Standing(RegisteredSource source, IReadOnlyDictionary<SourceId, DateTimeOffset> last) =>
        Standing(source, last.TryGetValue(source.Id, out DateTimeOffset heard) ? heard : null);

    private SourceStanding Standing(RegisteredSource source, DateTimeOffset? last) => new(
        source.Id.Value, source.Name, source.Organisation, last, options.Value.ExpectedOf(source.Id));
}
