using System.Collections.Concurrent;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Subscriptions;
using Canonbury.Intake.Inbox;
using Canonbury.Record.Subscriptions;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Subscriptions;

/// <summary>Reads what a subscription asks for, with the ids and the base URL as its client knows them.</summary>
internal sealed class TermsReader(
    SourceRegistry sources, Receivers receivers, IOptions<SubscriptionOptions> options, IOptions<ServerOptions> server, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, (int Version, SubscriptionTerms? Terms)> known = [];

    /// <summary>The base of the FHIR API as receivers know it.</summary>
    public string BaseUrl { get; } = (options.Value.BaseUrl ?? server.Value.Url.Split(';')[0] + "/fhir").TrimEnd('/');

    /// <summary>Null where a stored subscription cannot be followed (any more).</summary>
    public SubscriptionTerms? Of(StoredSubscription stored)
    {
        if (known.TryGetValue(stored.Key, out (int Version, SubscriptionTerms? Terms) found) && found.Version == stored.Version)
        {
            return found.Terms;
        }

        SubscriptionTerms? terms = Read(stored.Resource, stored.Source, BaseUrl).Terms;
        known[stored.Key] = (stored.Version, terms);
        return terms;
    }

    /// <param name="baseUrl">As the client wrote it.</param>
    public (SubscriptionTerms? Terms, IReadOnlyList<Issue> Issues) Read(Subscription sent, SourceId source, string baseUrl)
    {
        Func<string, string, string?> otherId = sources.KeepsIds(source) ? (_, _) => null : (type, id) => ResourceIds.FhirId(source, type, id);
        (SubscriptionTerms? terms, IReadOnlyList<Issue> issues) = SubscriptionTerms.Read(sent, new QueryContext(baseUrl, time.GetUtcNow(), otherId, Strict: true));
        return terms?.Endpoint is { } endpoint && receivers.Refusal(endpoint) is { } refusal
            ? (null, [new Issue("endpoint-not-allowed", refusal, "Subscription.channel.endpoint", Type: OperationOutcome.IssueType.BusinessRule)])
            : (terms, issues);
    }
}
