using System.Globalization;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Subscriptions;

/// <summary>What a notification is for. http://hl7.org/fhir/uv/subscriptions-backport/notifications.html</summary>
public enum NotificationKind
{
    Handshake,
    Heartbeat,
    EventNotification,
    QueryStatus,
    QueryEvent,
}

/// <summary>One event as a notification tells it.</summary>
/// <param name="Reference">The resource, <c>Type/id</c>; null where the payload is empty, or the client may not see it.</param>
/// <param name="Resource">Null but for a full payload.</param>
/// <param name="Method">What happened to it: POST, PUT or DELETE.</param>
public sealed record ToldEvent(long Number, DateTimeOffset At, string? Reference, Resource? Resource, Bundle.HTTPVerb Method);

/// <summary>
/// Builds the bundle of a notification: a history whose first entry is the subscription's status, as Parameters.
/// http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition-backport-subscription-notification-r4.html
/// </summary>
/// <param name="baseUrl">The server's base, for absolute URLs.</param>
public sealed class NotificationBundle(string baseUrl)
{
    public Bundle Of(Subscription subscription, NotificationKind kind, long total, IReadOnlyList<ToldEvent> events, DateTimeOffset now)
    {
        Bundle bundle = new()
        {
            Meta = new Meta { Profile = [Backport.NotificationProfile] },
            Type = Bundle.BundleType.History,
            Timestamp = now,
        };
        bundle.Entry.Add(new Bundle.EntryComponent
        {
            FullUrl = "urn:uuid:" + Guid.CreateVersion7(now).ToString("D"),
            Resource = Status(subscription, kind, total, events),
            Request = new Bundle.RequestComponent { Method = Bundle.HTTPVerb.GET, Url = $"Subscription/{subscription.Id}/$status" },
            Response = new Bundle.ResponseComponent { Status = "200" },
        });

        bundle.Entry.AddRange(events.Where(one => one.Reference is not null).Select(Entry));
        return bundle;
    }

    /// <summary>http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition-backport-subscription-status-r4.html</summary>
    public Parameters Status(Subscription subscription, NotificationKind kind, long total, IReadOnlyList<ToldEvent> events)
    {
        Parameters status = new() { Meta = new Meta { Profile = [Backport.StatusProfile] } };
        status.Add("subscription", new ResourceReference($"{baseUrl}/Subscription/{subscription.Id}"));
        if (Topics.Find(subscription.Criteria ?? "") is { } topic)
        {
            status.Add("topic", new Canonical(topic.Url));
        }

        status.Add("status", new Code(Hl7.Fhir.Utility.EnumUtility.GetLiteral(subscription.Status ?? Subscription.SubscriptionStatus.Off)));
        status.Add("type", new Code(NameOf(kind)));
        status.Add("events-since-subscription-start", Text(total));
        foreach (ToldEvent one in events)
        {
            Parameters.ParameterComponent part = new() { Name = "notification-event" };
            part.Part.Add(new() { Name = "event-number", Value = Text(one.Number) });
            part.Part.Add(new() { Name = "timestamp", Value = new Instant(one.At) });
            if (one.Reference is { } reference)
            {
                part.Part.Add(new() { Name = "focus", Value = new ResourceReference($"{baseUrl}/{reference}") });
            }

            status.Parameter.Add(part);
        }

        if (!string.IsNullOrEmpty(subscription.Error))
        {
            status.Add("error", new CodeableConcept { Text = subscription.Error });
        }

        return status;
    }

    private Bundle.EntryComponent Entry(ToldEvent told) => new()
    {
        FullUrl = $"{baseUrl}/{told.Reference}",
        Resource = told.Resource,
        Request = new Bundle.RequestComponent { Method = told.Method, Url = told.Method == Bundle.HTTPVerb.POST ? told.Reference!.Split('/')[0] : told.Reference },
        Response = new Bundle.ResponseComponent
        {
            Status = told.Method switch { Bundle.HTTPVerb.POST => "201", Bundle.HTTPVerb.DELETE => "204", _ => "200" },
        },
    };

    private static string NameOf(NotificationKind kind) => kind switch
    {
        NotificationKind.Handshake => "handshake",
        NotificationKind.Heartbeat => "heartbeat",
        NotificationKind.EventNotification => "event-notification",
        NotificationKind.QueryStatus => "query-status",
        NotificationKind.QueryEvent => "query-event",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // The guide has 64-bit numbers as text.
    private static FhirString Text(long number) => new(number.ToString(CultureInfo.InvariantCulture));
}
