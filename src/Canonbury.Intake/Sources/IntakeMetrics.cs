using System.Diagnostics.Metrics;

namespace Canonbury.Intake.Sources;

/// <summary>What the sources count, on the meter <c>Canonbury.Intake</c>. Tags hold feed, code and reason, never content.</summary>
public sealed class IntakeMetrics : IDisposable
{
    public const string MeterName = "Canonbury.Intake";

    private readonly Meter meter = new(MeterName);
    private readonly UpDownCounter<long> connections;
    private readonly Counter<long> messages;
    private readonly Counter<long> bytes;
    private readonly Counter<long> acknowledgements;
    private readonly Counter<long> refusals;
    private readonly Counter<long> discarded;
    private readonly Histogram<double> latency;
    private readonly Histogram<double> visible;
    private readonly Counter<long> dead;

    public IntakeMetrics()
    {
        visible = meter.CreateHistogram<double>(
            "canonbury.intake.visible.duration", "s", "From receiving a message to its commit into the record.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60] });
        dead = meter.CreateCounter<long>("canonbury.intake.dead", "{message}", "Messages that became dead letters, by reason.");
        connections = meter.CreateUpDownCounter<long>("canonbury.intake.connections", "{connection}", "Open MLLP connections.");
        messages = meter.CreateCounter<long>("canonbury.intake.messages", "{message}", "Messages received, whole, before any check.");
        bytes = meter.CreateCounter<long>("canonbury.intake.bytes", "By", "Bytes of the messages received.");
        acknowledgements = meter.CreateCounter<long>("canonbury.intake.acknowledgements", "{message}", "Answers by code (AA, AE, AR, CA, CE, CR).");
        refusals = meter.CreateCounter<long>("canonbury.intake.refusals", "{message}", "Messages and connections refused, by reason.");
        discarded = meter.CreateCounter<long>("canonbury.intake.discarded", "By", "Bytes outside any frame.");
        latency = meter.CreateHistogram<double>(
            "canonbury.intake.acknowledgement.duration", "s", "From the last byte of a message to its acknowledgement.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] });
    }

    /// <summary>Shows how many messages wait for the pipeline.</summary>
    public void ShowWaiting(Func<long> count) =>
        meter.CreateObservableGauge("canonbury.intake.waiting", count, "{message}", "Messages that are durable and not in the record yet.");

    /// <summary>A message is in the record, or a dead letter.</summary>
    /// <param name="code">Why it is a dead letter; null where it is in the record.</param>
    public void Processed(string feed, TimeSpan after, string? code)
    {
        visible.Record(after.TotalSeconds, Tag(feed));
        if (code is not null)
        {
            dead.Add(1, Tag(feed), new KeyValuePair<string, object?>("reason", code));
        }
    }

    public void Connected(string feed, int change) => connections.Add(change, Tag(feed));

    public void Received(string feed, long length)
    {
        messages.Add(1, Tag(feed));
        bytes.Add(length, Tag(feed));
    }

    public void Acknowledged(string feed, string code, TimeSpan after)
    {
        acknowledgements.Add(1, Tag(feed), new KeyValuePair<string, object?>("code", code));
        latency.Record(after.TotalSeconds, Tag(feed));
    }

    /// <param name="reason">A stable kebab-case word such as <c>too-large</c>.</param>
    public void Refused(string feed, string reason) => refusals.Add(1, Tag(feed), new KeyValuePair<string, object?>("reason", reason));

    public void Discarded(string feed, long count) => discarded.Add(count, Tag(feed));

    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string feed) => new("feed", feed);
}
