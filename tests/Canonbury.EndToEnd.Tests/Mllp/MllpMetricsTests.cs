using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Canonbury.Intake.Sources;
using Canonbury.Intake.Sources.Mllp;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Mllp;

public sealed class MllpMetricsTests
{
    private const string Feed = "metrics-test";

    [Fact]
    public async Task Send_AGoodAndABadMessage_IsCountedByCodeAndReason()
    {
        ConcurrentDictionary<string, long> counts = new();
        using MeterListener listening = new();
        listening.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == IntakeMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listening.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(counts, instrument.Name, value, tags));
        listening.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Count(counts, instrument.Name, 1, tags));
        listening.Start();

        await using MllpUnderTest server = MllpUnderTest.Start(new MllpFeedOptions { Name = Feed });
        await using MllpClient client = await server.ConnectAsync();
        string message = MllpClient.Message("A1");
        await client.ExchangeAsync(message);
        await client.SendAsync("noise"u8.ToArray());
        await client.ExchangeAsync("PID|1");

        Assert.Equal(1, counts["canonbury.intake.connections"]);
        Assert.Equal(2, counts["canonbury.intake.messages"]);
        Assert.Equal(message.Length + 5, counts["canonbury.intake.bytes"]);
        Assert.Equal((1, 1), (counts["canonbury.intake.acknowledgements AA"], counts["canonbury.intake.acknowledgements AR"]));
        Assert.Equal(1, counts["canonbury.intake.refusals no-msh"]);
        Assert.Equal(5, counts["canonbury.intake.discarded"]);
        Assert.Equal(2, counts["canonbury.intake.acknowledgement.duration"]);
    }

    private static void Count(ConcurrentDictionary<string, long> counts, string name, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? kind = null;
        bool isOurs = false;
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            isOurs |= tag is { Key: "feed", Value: Feed };
            kind = tag.Key is "code" or "reason" ? tag.Value?.ToString() : kind;
        }

        if (isOurs)
        {
            counts.AddOrUpdate(kind is null ? name : $"{name} {kind}", value, (_, sum) => sum + value);
        }
    }
}
