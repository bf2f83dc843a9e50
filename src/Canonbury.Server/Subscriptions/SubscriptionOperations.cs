using System.Globalization;
using Canonbury.Access.Audit;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Subscriptions;
using Canonbury.Record.Subscriptions;
using Canonbury.Server.Api;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Server.Subscriptions;

/// <summary>
/// The operations of the backport, each about the caller's own subscriptions: <c>$status</c>, <c>$events</c> and <c>$get-ws-binding-token</c>.
/// http://hl7.org/fhir/uv/subscriptions-backport/operations.html
/// </summary>
internal static class SubscriptionOperations
{
    private const int MostEvents = 200;

    public static Task<FhirAnswer> StatusAsync(FhirCall call)
    {
        Services services = Services.Of(call);
        Bundle bundle = new() { Type = Bundle.BundleType.Searchset };
        HashSet<string> states = [.. Values(call, "status")];
        (List<StoredSubscription> asked, Problem? problem) = Asked(call, services);
        foreach (StoredSubscription subscription in asked.Where(one => states.Count == 0 || states.Contains(EnumUtility.GetLiteral(one.Resource.Status) ?? "")))
        {
            bundle.Entry.Add(new Bundle.EntryComponent
            {
                FullUrl = "urn:uuid:" + Guid.CreateVersion7(call.Rooms.Time.GetUtcNow()).ToString("D"),
                Resource = services.Notifications.Status(subscription, services.Log.StateOf(subscription.Key).Events),
                Search = new Bundle.SearchComponent { Mode = Bundle.SearchEntryMode.Match },
            });
        }

        bundle.Total = bundle.Entry.Count;
        return Task.FromResult(problem is null ? Answer(bundle, ShownItems.Nothing) : FhirAnswer.Of(problem));
    }

    public static Task<FhirAnswer> EventsAsync(FhirCall call)
    {
        Services services = Services.Of(call);
        (List<StoredSubscription> asked, Problem? problem) = Asked(call, services);
        if (asked is not [var subscription] || services.Terms.Of(subscription) is not { } terms)
        {
            return Task.FromResult(FhirAnswer.Of(problem ?? Problem.NotFound(nameof(Subscription))));
        }

        if (Number(call, "eventsSinceNumber", 1) is not { } from || Number(call, "eventsUntilNumber", long.MaxValue) is not { } to)
        {
            return Task.FromResult(FhirAnswer.Of(new Problem(ProblemKind.Invalid, "parameter-value-invalid", "The number of an event is a number from 1.", "http.eventsSinceNumber")));
        }

        // "A hint to the server": less than the subscription itself asks for may be had, more may not.
        PayloadContent content = RequestParameters.Value(call.Context.Request, "content") switch
        {
            "empty" => PayloadContent.Empty,
            "id-only" when terms.Content != PayloadContent.Empty => PayloadContent.IdOnly,
            _ => terms.Content,
        };
        (IReadOnlyList<ToldEvent> told, ShownItems shown) = services.Notifications.Tell(call.Grant, services.Log.Read(subscription.Key, from, to, MostEvents), content);
        long total = services.Log.StateOf(subscription.Key).Events;
        return Task.FromResult(Answer(services.Notifications.Bundle(subscription, NotificationKind.QueryEvent, total, told), shown));
    }

    public static Task<FhirAnswer> BindingTokenAsync(FhirCall call)
    {
        Services services = Services.Of(call);
        (List<StoredSubscription> asked, Problem? problem) = Asked(call, services);
        asked.RemoveAll(one => one.Resource.Channel?.Type != Subscription.SubscriptionChannelType.Websocket);
        if (asked.Count == 0)
        {
            return Task.FromResult(FhirAnswer.Of(problem ?? Problem.NotFound("Subscription by websocket")));
        }

        (string token, DateTimeOffset expires) = services.Tokens.Make(call.Caller, [.. asked.Select(one => one.Key)]);
        Parameters parameters = new();
        parameters.Add("token", new FhirString(token));
        parameters.Add("expiration", new FhirDateTime(expires));
        asked.ForEach(one => parameters.Add("subscription", new FhirString(one.Resource.Id)));
        parameters.Add("websocket-url", new FhirUrl("ws" + services.Terms.BaseUrl["http".Length..] + "/websocket"));
        return Task.FromResult(Answer(parameters, ShownItems.Nothing));
    }

    /// <summary>The subscriptions that are asked about: the one of the URL, or those that parameters name, or all of the caller's.</summary>
    private static (List<StoredSubscription> Asked, Problem? Problem) Asked(FhirCall call, Services services)
    {
        string[] names = call.Id.Length > 0 ? [call.Id] : [.. Values(call, "id")];
        if (names.Length == 0)
        {
            return ([.. services.Desk.OfSource(call.Source)], null);
        }

        List<StoredSubscription> found = [.. names
            .Select(name => call.FinalId(nameof(Subscription), name))
            .OfType<string>()
            .Select(id => services.Desk.Find(ResourceKey.Of(nameof(Subscription), id).Id))
            .OfType<StoredSubscription>()
            .Where(one => one.Source == call.Source)];
        return found.Count == names.Length ? (found, null) : ([], Problem.NotFound(nameof(Subscription)));
    }

    private static IEnumerable<string> Values(FhirCall call, string name) =>
        RequestParameters.All(call.Context.Request).Where(one => one.Key == name).SelectMany(one => one.Value.Split(','));

    private static long? Number(FhirCall call, string name, long other) => RequestParameters.Value(call.Context.Request, name) is not { } text ? other
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number
        : null;

    private static FhirAnswer Answer(Resource resource, ShownItems shown) => new(StatusCodes.Status200OK, FhirJson.ToUtf8(resource)) { Shown = shown };

    private sealed record Services(SubscriptionDesk Desk, EventLog Log, Notifications Notifications, TermsReader Terms, BindingTokens Tokens)
    {
        public static Services Of(FhirCall call)
        {
            IServiceProvider all = call.Context.RequestServices;
            return new Services(
                all.GetRequiredService<SubscriptionDesk>(), all.GetRequiredService<EventLog>(), all.GetRequiredService<Notifications>(),
                all.GetRequiredService<TermsReader>(), all.GetRequiredService<BindingTokens>());
        }
    }
}
