using Canonbury.Database;
using Canonbury.Record.Subscriptions;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Server.Subscriptions;

/// <summary>While this process holds the lease: finds events and has them delivered.</summary>
internal sealed class Dispatcher(
    DispatchLease lease, EventFinder finder, Rounds rounds, EventLog log, SubscriptionMetrics metrics, IOptions<SubscriptionOptions> options, TimeProvider time,
    ILogger<Dispatcher> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>While there is no subscription at all.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ForgetInterval = TimeSpan.FromHours(1);

    private long waiting;
    private bool isIdle;
    private DateTimeOffset renewed = DateTimeOffset.MinValue;
    private DateTimeOffset forgot = DateTimeOffset.MinValue;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await rounds.EndAsync();
        try
        {
            lease.Release();
        }
        catch (Exception error) when (Session.IsPassing(error))
        {
            logger.LogWarning("The lease of the dispatcher could not be given back ({Error}); it is free when it ends.", Session.Describe(error));
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.ShowWaiting(() => Volatile.Read(ref waiting));
        return Task.Run(() => LoopAsync(stoppingToken), CancellationToken.None);
    }

    private async Task LoopAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            bool more = false;
            try
            {
                more = await TurnAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // An outage, or one change that cannot be read, must not end the dispatcher for good.
            catch (Exception error)
#pragma warning restore CA1031
            {
                logger.LogError("A turn of the dispatcher failed ({Error}); it is tried again.", Session.Describe(error));
            }

            if (!more)
            {
                await Task.Delay(isIdle ? IdleInterval : Interval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>True where more changes wait.</returns>
    private async Task<bool> TurnAsync(CancellationToken stopping)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now - renewed >= DispatchLease.Duration / 3)
        {
            lease.Renew();
            renewed = now;
        }

        if (lease.Epoch is not { } epoch)
        {
            return false;
        }

        if (now - forgot >= ForgetInterval)
        {
            await log.ForgetAsync(now - TimeSpan.FromDays(options.Value.KeepDays));
            forgot = now;
        }

        (IReadOnlyList<StoredSubscription> subscriptions, bool more) = await finder.RunAsync(epoch, log.States(), stopping);
        IReadOnlyDictionary<Guid, SubscriptionState> states = log.States();
        isIdle = subscriptions.Count == 0;
        rounds.Start(epoch, subscriptions, states, stopping);
        Volatile.Write(ref waiting, subscriptions
            .Where(one => one.Resource.Channel?.Type == Subscription.SubscriptionChannelType.RestHook)
            .Sum(one => states.GetValueOrDefault(one.Key) is { } state ? state.Events - state.Delivered : 0));
        return more;
    }
}
