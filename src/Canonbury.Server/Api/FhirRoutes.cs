using Canonbury.Access.Http;
using Canonbury.Server.Api.Export;
using Canonbury.Server.Subscriptions;

namespace Canonbury.Server.Api;

/// <summary>The FHIR R4 API: every route, then how a request is run. https://hl7.org/fhir/R4/http.html</summary>
public static class FhirRoutes
{
    /// <summary>What can be asked by a request of its own or by an entry of a bundle.</summary>
    private static readonly FhirRoute[] All =
    [
        FhirRoute.Operation("/$meta", Meta.OfManyAsync),
        FhirRoute.Operation("/{type}/$meta", Meta.OfManyAsync),
        FhirRoute.Operation("/{type}/{id}/$meta", Meta.OfOneAsync),
        FhirRoute.Operation("/{type}/{id}/_history/{version}/$meta", Meta.OfOneAsync),
        FhirRoute.Operation("/{type}/{id}/$validate", Validate.AnswerAsync, posted: Validate.AnswerAsync),
        FhirRoute.Read("/_history", History.OfManyAsync),
        FhirRoute.Read("/{type}/_history", History.OfManyAsync),
        FhirRoute.Read("/{type}/{id}/_history", History.OfOneAsync),
        FhirRoute.Read("/Person", Persons.SearchAsync),
        FhirRoute.Read("/Person/{id}", Persons.ReadAsync),
        FhirRoute.Operation("/Patient/{id}/$everything", Everything.AnswerAsync),
        FhirRoute.Operation("/Person/{id}/$everything", Everything.AnswerAsync),
        FhirRoute.Operation("/Patient/{id}/$summary", Summary.AnswerAsync),
        FhirRoute.Operation("/Observation/$lastn", LastN.AnswerAsync),
        FhirRoute.Operation("/Subscription/$status", SubscriptionOperations.StatusAsync),
        FhirRoute.Operation("/Subscription/{id}/$status", SubscriptionOperations.StatusAsync),
        FhirRoute.Operation("/Subscription/{id}/$events", SubscriptionOperations.EventsAsync),
        FhirRoute.Operation("/Subscription/$get-ws-binding-token", SubscriptionOperations.BindingTokenAsync),
        FhirRoute.Operation("/Subscription/{id}/$get-ws-binding-token", SubscriptionOperations.BindingTokenAsync),
        FhirRoute.Read("", Search.OfSystemAsync),
        FhirRoute.Read("/{type}", Search.OfTypeAsync),
        FhirRoute.Read("/{type}/{id}/{inner}", Search.OfCompartmentAsync),
        FhirRoute.Read("/{type}/{id}", Read.AnswerAsync),
        FhirRoute.Read("/{type}/{id}/_history/{version}", VersionRead.AnswerAsync),
        FhirRoute.Write(HttpMethods.Post, "/{type}", Create.PlanAsync),
        FhirRoute.Write(HttpMethods.Put, "/{type}/{id}", Update.PlanAsync),
        FhirRoute.Write(HttpMethods.Put, "/{type}", Update.PlanConditionalAsync),
        FhirRoute.Write(HttpMethods.Patch, "/{type}/{id}", Patch.PlanAsync),
        FhirRoute.Write(HttpMethods.Patch, "/{type}", Patch.PlanConditionalAsync),
        FhirRoute.Write(HttpMethods.Delete, "/{type}/{id}", Delete.PlanAsync),
        FhirRoute.Write(HttpMethods.Delete, "/{type}", Delete.PlanConditionalAsync),
    ];

    public static void MapFhir(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder fhir = routes.MapGroup("/fhir");
        fhir.MapMethods("/metadata", Methods(HttpMethods.Get), Capabilities.AnswerAsync).WithMetadata(new NoPersonalDataAttribute());
        Map(fhir, HttpMethods.Post, "", Bundles.AnswerAsync);
        Map(fhir, HttpMethods.Post, "/_search", Search.OfSystemAsync);
        Map(fhir, HttpMethods.Post, "/{type}/_search", Search.OfTypeAsync);
        Map(fhir, HttpMethods.Post, "/{type}/{id}/_search", Search.OfCompartmentAsync);
        Map(fhir, HttpMethods.Post, "/{type}/{id}/{inner}/_search", Search.OfCompartmentAsync);
        Map(fhir, HttpMethods.Post, "/{type}/$validate", Validate.AnswerAsync);
        Map(fhir, HttpMethods.Post, "/{type}/{id}/$meta-add", MetaChange.AddAsync);
        Map(fhir, HttpMethods.Post, "/{type}/{id}/$meta-delete", MetaChange.DeleteAsync);
        foreach ((string pattern, Interaction kickOff) in new (string, Interaction)[]
            { ("/$export", KickOff.OfSystemAsync), ("/Patient/$export", KickOff.OfPatientsAsync), ("/Group/{id}/$export", KickOff.OfGroupAsync) })
        {
            // Not HEAD: it begins something.
            fhir.MapMethods(pattern, [HttpMethods.Get], (RequestDelegate)(context => FhirCall.RunAsync(context, kickOff)));
            Map(fhir, HttpMethods.Post, pattern, PostedOperation.Of(kickOff));
        }

        Map(fhir, HttpMethods.Get, "/$export/{job}", Exports.StatusAsync).WithMetadata(new OwnFormAttribute());
        Map(fhir, HttpMethods.Delete, "/$export/{job}", Exports.CancelAsync).WithMetadata(new OwnFormAttribute());
        Map(fhir, HttpMethods.Get, "/$export/{job}/{file}", Exports.FileAsync).WithMetadata(new OwnFormAttribute());
        foreach (FhirRoute route in All)
        {
            Map(fhir, route.Method, route.Pattern, route.Interaction);

            // operations.html#executing: what may be got may be posted, too.
            if (route.Posted is { } posted)
            {
                Map(fhir, HttpMethods.Post, route.Pattern, posted);
            }
        }

        fhir.Map("/metadata", Unmapped.AnswerAsync).WithMetadata(new NoPersonalDataAttribute());
        fhir.Map("/{**rest}", Unmapped.AnswerAsync).WithMetadata(new NoPersonalDataAttribute());
    }

    /// <summary>The route of an entry's request, with what the path says; null where there is none.</summary>
    internal static (FhirRoute Route, RouteValueDictionary Values)? Find(string method, string[] path) => All
        .Where(route => route.Method == method)
        .Select(route => (route, Values: route.Match(path)))
        .Where(match => match.Values is not null)
        .Select(match => ((FhirRoute, RouteValueDictionary)?)(match.route, match.Values!))
        .FirstOrDefault();

    // RFC 9110 section 9.3.2: wherever there is GET, there is HEAD.
    private static string[] Methods(string method) => method == HttpMethods.Get ? [method, HttpMethods.Head] : [method];

    private static IEndpointConventionBuilder Map(RouteGroupBuilder group, string method, string pattern, Interaction interaction) =>
        group.MapMethods(pattern, Methods(method), (RequestDelegate)(context => FhirCall.RunAsync(context, interaction)));
}

/// <summary>One interaction: from a call with a grant to its answer.</summary>
internal delegate Task<FhirAnswer> Interaction(FhirCall call);
