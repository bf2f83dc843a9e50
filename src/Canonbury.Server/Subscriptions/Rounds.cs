using System.Collections.Concurrent;
using Canonbury.Fhir.Subscriptions;
using Canonbury.Record.Subscriptions;
using Microsoft.Extensions.Options;
using Status = Hl7.Fhir.Model.Subscription.SubscriptionStatus;

namespace Canonbury.Server.Subscriptions;

/// <summary>
/// Does what each subscription needs next, subscriptions beside each other and the notifications of one of them one after the other: what is not known to
/// have been taken is sent again, so that each event is delivered at least once and in its order.
/// </summary>
internal sealed class Rounds(
    Courier courier, TermsReader terms, EventLog log, SubscriptionDesk desk, SubscriptionMetrics metrics, IOptions<SubscriptionOptions> options, TimeProvider time,
    ILogger<Rounds> logger)
{
    private readonly ConcurrentDictionary<Guid, Task> running = [];

    /// <summary>Starts what is due.</summary>
    public void Start(long epoch, IReadOnlyList<StoredSubscription> subscriptions, IReadOnlyDictionary<Guid, SubscriptionState> states, CancellationToken cancellation)
    {
        foreach (StoredSubscription subscription in subscriptions.Where(one => one.Resource.Status != Status.Off))
        {
            SubscriptionState state = states.GetValueOrDefault(subscription.Key) ?? SubscriptionState.New(subscription.Key);
            if (IsDue(subscription, state) && !running.ContainsKey(subscription.Key))
            {
                running[subscription.Key] = Task.Run(() => RunAsync(epoch, subscription.Key, cancellation), CancellationToken.None);
            }
        }
    }

    public Task EndAsync() => Task.WhenAll(running.Values);

    private bool IsDue(StoredSubscription subscription, SubscriptionState state)
    {
        DateTimeOffset now = time.GetUtcNow();
        return subscription.Resource.Status == Status.Requested
            || subscription.Resource.End <= now
            || (now >= state.DueAt && terms.Of(subscription) is { } asked && Next(subscription, asked, state) is not null)
            || terms.Of(subscription) is null;
    }

    private async Task RunAsync(long epoch, Guid key, CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested && desk.Find(key) is { } subscription && await StepAsync(epoch, subscription, cancellation))
            {
            }
        }
        catch (OperationCanceledException)
        {
        }
#pragma warning disable CA1031 // What fails for one subscription must not end the others; it is tried again at the next round.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.LogError(error, "A subscription could not be served: {Subscription}", key);
        }
        finally
        {
            running.TryRemove(key, out _);
        }
    }

    /// <returns>True where there may be more to do at once.</returns>
    private async Task<bool> StepAsync(long epoch, StoredSubscription subscription, CancellationToken cancellation)
    {
        SubscriptionState state = log.StateOf(subscription.Key);
        if (subscription.Resource.Status == Status.Off)
        {
            return false;
        }

        if (subscription.Resource.End <= time.GetUtcNow())
        {
            await desk.WriteStatusAsync(subscription, Status.Off, error: null);
            return false;
        }

        if (terms.Of(subscription) is not { } asked)
        {
            await desk.WriteStatusAsync(subscription, Status.Off, "This server cannot follow the subscription any more: request it anew to see why.");
            return false;
        }

        if (subscription.Resource.Status == Status.Requested)
        {
            state = state with { Shaken = false, Failures = 0, FailingSince = null, DueAt = DateTimeOffset.UnixEpoch };
        }

        if (time.GetUtcNow() < state.DueAt)
        {
            return false;
        }

        switch (Next(subscription, asked, state))
        {
            case NotificationKind.Handshake:
                return await AfterAsync(epoch, subscription, state with { Shaken = true }, state, await courier.ShakeAsync(subscription, asked, state, cancellation));
            case NotificationKind.Heartbeat:
                return await AfterAsync(epoch, subscription, state, state, await courier.BeatAsync(subscription, asked, state, cancellation));
            case NotificationKind.EventNotification:
                (long delivered, string? failure) = await courier.DeliverAsync(subscription, asked, state, cancellation);
                if (failure is null)
                {
                    metrics.Delivered((int)(delivered - state.Delivered));
                }

                return await AfterAsync(epoch, subscription, state with { Delivered = delivered }, state, failure);
            default:
                return false;
        }
    }

    /// <summary>What is to be sent; null for nothing. A websocket asks for its events itself.</summary>
    private NotificationKind? Next(StoredSubscription subscription, SubscriptionTerms asked, SubscriptionState state) =>
        subscription.Resource.Status != Status.Active && !state.Shaken ? NotificationKind.Handshake
        : asked.IsWebsocket ? null
        : state.Delivered < state.Events ? NotificationKind.EventNotification
        : asked.Heartbeat is { } period && time.GetUtcNow() - state.SentAt >= period ? NotificationKind.Heartbeat
        : null;

    private async Task<bool> AfterAsync(long epoch, StoredSubscription subscription, SubscriptionState done, SubscriptionState before, string? failure)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (failure is null)
        {
            // The status last: whoever reads active finds the handshake done.
            bool stored = await log.StoreAsync(epoch, done with { Failures = 0, FailingSince = null, DueAt = DateTimeOffset.UnixEpoch, SentAt = now });
            return stored && (subscription.Resource.Status == Status.Active || await desk.WriteStatusAsync(subscription, Status.Active, error: null) is not null);
        }

        metrics.Failed();
        int failures = before.Failures + 1;
        DateTimeOffset since = before.FailingSince ?? now;
        SubscriptionState failed = before with
        {
            Failures = failures,
            FailingSince = since,
            DueAt = now + Retry.Pause(failures, Random.Shared.NextDouble(), options.Value),
        };
        if (!await log.StoreAsync(epoch, failed))
        {
            return false;
        }

        bool over = Retry.GivesUp(failures, now - since, options.Value);
        string error = over ? $"Given up after {failures} attempts: {failure}" : failure;
        Status status = over ? Status.Off : Status.Error;
        if (subscription.Resource.Status != status || subscription.Resource.Error != error)
        {
            await desk.WriteStatusAsync(subscription, status, error);
        }

        if (over)
        {
            metrics.TurnedOff();
            logger.LogWarning("A subscription was given up after {Failures} attempts: {Subscription}", failures, subscription.Key);
        }

        return false;
    }
}
