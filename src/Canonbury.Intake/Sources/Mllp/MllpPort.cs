using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;
using Microsoft.Extensions.Logging;

namespace Canonbury.Intake.Sources.Mllp;

/// <summary>What the connections of one MLLP port share.</summary>
/// <param name="Feed">Whose messages arrive here.</param>
/// <param name="Options">The limits.</param>
/// <param name="Receive">Stores a message; called in the order of arrival, without waiting for the message before.</param>
/// <param name="Memory">What all ports together may hold.</param>
public sealed record MllpPort(
    Feed Feed, MllpFeedOptions Options, ReceiveMessage Receive, MllpMemory Memory, IntakeMetrics Metrics, TimeProvider Time, ILogger Log)
{
    private long lastControlId = Time.GetUtcNow().UtcTicks;

    /// <summary>MSH-10 for an acknowledgement: it goes up, also over a restart.</summary>
    public string NextControlId() => Interlocked.Increment(ref lastControlId).ToString("X16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The feed that the options describe; the options were checked before.</summary>
    public static Feed FeedOf(MllpFeedOptions options) =>
        new(options.FeedId, options.Source is { Length: > 0 } source ? new SourceId(source) : null, TimeZoneInfo.FindSystemTimeZoneById(options.Zone));
}
