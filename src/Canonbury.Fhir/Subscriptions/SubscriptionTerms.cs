using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search.Query;
using Hl7.Fhir.Model;
using Channel = Hl7.Fhir.Model.Subscription.SubscriptionChannelType;

namespace Canonbury.Fhir.Subscriptions;

/// <summary>How much of a resource a notification carries. http://hl7.org/fhir/uv/subscriptions-backport/payloads.html</summary>
public enum PayloadContent
{
    Empty,
    IdOnly,
    FullResource,
}

/// <summary>What a Subscription asks for, understood. https://hl7.org/fhir/R4/subscription.html</summary>
public sealed record SubscriptionTerms
{
    private const string MediaElement = "Subscription.channel.payload";

    public required Topic Topic { get; init; }

    public required IReadOnlyList<Criteria> Filters { get; init; }

    /// <summary>True for a topic of the backport: it is told by bundles. False for R4's own form.</summary>
    public bool ByTopic => Topic.Url.Length > 0;

    public bool IsWebsocket { get; init; }

    /// <summary>Where notifications are sent; null for a websocket.</summary>
    public Uri? Endpoint { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public PayloadContent Content { get; init; }

    /// <summary>True for XML.</summary>
    public bool Xml { get; init; }

    /// <summary>Null for no heartbeats.</summary>
    public TimeSpan? Heartbeat { get; init; }

    /// <summary>Null for the server's own.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The most events of one notification.</summary>
    public int MaxCount { get; init; } = 1;

    public DateTimeOffset? End { get; init; }

    /// <summary>Whether a change can be an event, by its type alone.</summary>
    public bool Concerns(string type) =>
        (Topic.Types.Count == 0 || Topic.Types.Contains(type)) && Filters.All(filter => filter.Type is null || filter.Type == type);

    public bool Match(ResourceChange change) => Concerns(change.Type) && Topic.Triggers(change) && Filters.All(filter => filter.Match(change));

    /// <returns>The terms, or all that is wrong with them.</returns>
    public static (SubscriptionTerms? Terms, IReadOnlyList<Issue> Issues) Read(Subscription subscription, QueryContext context)
    {
        List<Issue> issues = [];
        (Topic? topic, IReadOnlyList<Criteria> filters) = Asked(subscription, context, issues);
        Subscription.ChannelComponent channel = subscription.Channel ?? new Subscription.ChannelComponent();
        bool byTopic = topic is { Url.Length: > 0 };
        (bool xml, bool none) = Media(channel.Payload, issues);
        (IReadOnlyList<KeyValuePair<string, string>> headers, IReadOnlyList<Issue> wrong) = HookHeaders.Read([.. channel.Header ?? []], "Subscription.channel.header");
        issues.AddRange(wrong);
        if (channel.Type is not (Channel.RestHook or Channel.Websocket))
        {
            issues.Add(NotSupported("channel-not-supported", "The channels of this server are rest-hook and websocket.", "Subscription.channel.type"));
        }

        // Read also where there is no topic, so that everything that is wrong is said at once.
        Uri? endpoint = channel.Type == Channel.RestHook ? Address(channel.Endpoint, issues) : null;
        PayloadContent content = ContentOf(channel, issues);
        int? heartbeat = Number(channel, Backport.HeartbeatPeriod, issues);
        int? timeout = Number(channel, Backport.Timeout, issues);
        int? most = Number(channel, Backport.MaxCount, issues);
        if (topic is null || issues.Count > 0)
        {
            return (null, issues);
        }

        SubscriptionTerms terms = new()
        {
            Topic = topic,
            Filters = filters,
            IsWebsocket = channel.Type == Channel.Websocket,
            Endpoint = endpoint,
            Headers = headers,
            Xml = xml,
            Content = byTopic ? content : none || channel.Type == Channel.Websocket ? PayloadContent.Empty : PayloadContent.FullResource,
            Heartbeat = byTopic && heartbeat is { } period ? TimeSpan.FromSeconds(period) : null,
            Timeout = timeout is { } limit ? TimeSpan.FromSeconds(limit) : null,
            MaxCount = byTopic ? most ?? 1 : 1,
            End = subscription.End,
        };
        return (terms, issues);
    }

    // What begins like a URL is a topic; nothing else can be one.
    private static (Topic? Topic, IReadOnlyList<Criteria> Filters) Asked(Subscription subscription, QueryContext context, List<Issue> issues)
    {
        const string Element = "Subscription.criteria";
        string text = subscription.Criteria ?? "";
        if (!text.Contains("://", StringComparison.Ordinal) || text.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 && mark < text.IndexOf("://", StringComparison.Ordinal))
        {
            (Criteria? criteria, Issue? issue) = Criteria.Read(text, [], context, Element);
            issues.AddRange(issue is null ? [] : [issue]);
            return (criteria is null ? null : Topics.Updated(criteria.Type!), criteria is null ? [] : [criteria]);
        }

        if (Topics.Find(text) is not { } topic)
        {
            issues.Add(NotSupported("topic-unknown", "This server has no such topic.", Element));
            return (null, []);
        }

        List<Criteria> filters = [];
        List<Extension> sent = [.. subscription.CriteriaElement.GetExtensions(Backport.FilterCriteria)];
        for (int i = 0; i < sent.Count; i++)
        {
            (Criteria? criteria, Issue? issue) = Criteria.Read((sent[i].Value as FhirString)?.Value ?? "", topic.Types, context, $"{Element}.extension[{i}]");
            issues.AddRange(issue is null ? [] : [issue]);
            filters.AddRange(criteria is null ? [] : [criteria]);
        }

        if (topic.Types.Count == 0 && sent.Count == 0)
        {
            issues.Add(new Issue("criteria-type-required", "This topic needs a filter that names the type of resource.", Element));
        }

        return (topic, filters);
    }

    private static Uri? Address(string? endpoint, List<Issue> issues)
    {
        if (Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http" && address.UserInfo.Length == 0 && address.Fragment.Length == 0)
        {
            return address;
        }

        issues.Add(new Issue("endpoint-invalid", "The endpoint of a rest-hook is an https address without a user or a fragment.", "Subscription.channel.endpoint"));
        return null;
    }

    private static (bool Xml, bool None) Media(string? payload, List<Issue> issues)
    {
        string type = payload?.Split(';')[0].Trim() ?? "";
        if (type is not ("" or "application/fhir+json" or "application/fhir+xml"))
        {
            issues.Add(NotSupported("payload-not-supported", "A payload is application/fhir+json or application/fhir+xml.", MediaElement));
        }

        return (type == "application/fhir+xml", type.Length == 0);
    }

    // The guide asks for it always; where it is left out, least is told.
    private static PayloadContent ContentOf(Subscription.ChannelComponent channel, List<Issue> issues)
    {
        switch ((channel.PayloadElement?.GetExtension(Backport.PayloadContent)?.Value as Code)?.Value)
        {
            case null or "empty":
                return PayloadContent.Empty;
            case "id-only":
                return PayloadContent.IdOnly;
            case "full-resource":
                return PayloadContent.FullResource;
            default:
                issues.Add(new Issue("payload-content-unknown", "The content of a payload is empty, id-only or full-resource.", MediaElement));
                return PayloadContent.Empty;
        }
    }

    private static int? Number(Subscription.ChannelComponent channel, string extension, List<Issue> issues)
    {
        if (channel.GetExtension(extension) is not { } sent)
        {
            return null;
        }

        int? number = sent.Value switch { UnsignedInt { Value: var value } => value, PositiveInt { Value: var value } => value, _ => null };
        if (number is null or < 1 or > 86_400)
        {
            issues.Add(new Issue("channel-number-invalid", "Periods, timeouts and counts of a channel are numbers from 1 to 86400.", "Subscription.channel.extension"));
        }

        return number;
    }

    private static Issue NotSupported(string code, string words, string element) => new(code, words, element, Type: OperationOutcome.IssueType.NotSupported);
}
