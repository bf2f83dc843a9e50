using System.Diagnostics.Metrics;

namespace Canonbury.Server.Subscriptions;

/// <summary>What the dispatcher counts, on the meter <c>Canonbury.Subscriptions</c>. No tag names a client, a subscription or a person.</summary>
internal sealed class SubscriptionMetrics : IDisposable
{
    private readonly Meter meter = new("Canonbury.Subscriptions");
    private readonly Counter<long> events;
    private readonly Counter<long> delivered;
    private readonly Counter<long> failures;
    private readonly Counter<long> off;

    public SubscriptionMetrics()
    {
        events = meter.CreateCounter<long>("canonbury.subscriptions.events", "{event}", "Events that changes made.");
        delivered = meter.CreateCounter<long>("canonbury.subscriptions.delivered", "{event}", "Events that receivers took.");
        failures = meter.CreateCounter<long>("canonbury.subscriptions.failures", "{attempt}", "Handshakes and notifications that failed.");
        off = meter.CreateCounter<long>("canonbury.subscriptions.off", "{subscription}", "Subscriptions that were given up.");
    }

    /// <summary>Shows how many events wait for their receivers.</summary>
    public void ShowWaiting(Func<long> count) =>
        meter.CreateObservableGauge("canonbury.subscriptions.waiting", count, "{event}", "Events that are not delivered yet, of rest-hooks, in this process.");

    public void Found(int count) => events.Add(count);

    public void Delivered(int count) => delivered.Add(count);

    public void Failed() => failures.Add(1);

    public void TurnedOff() => off.Add(1);

    public void Dispose() => meter.Dispose();
}
