using Canonbury.Access.Http;

namespace Canonbury.Server.Api;

/// <summary>The FHIR R4 API: every route, then how a request is run. https://hl7.org/fhir/R4/http.html</summary>
public static class FhirRoutes
{
    public static void MapFhir(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder fhir = routes.MapGroup("/fhir");
        fhir.MapMethods("/metadata", Methods(HttpMethods.Get), Capabilities.AnswerAsync).WithMetadata(new NoPersonalDataAttribute());
        Map(fhir, HttpMethods.Post, "", Bundles.AnswerAsync);
        Map(fhir, HttpMethods.Get, "/_history", History.OfManyAsync);
        Map(fhir, HttpMethods.Get, "/{type}/_history", History.OfManyAsync);
        Map(fhir, HttpMethods.Get, "/{type}/{id}/_history", History.OfOneAsync);
        Map(fhir, HttpMethods.Get, "", Search.OfSystemAsync);
        Map(fhir, HttpMethods.Post, "/_search", Search.OfSystemAsync);
        Map(fhir, HttpMethods.Get, "/{type}", Search.OfTypeAsync);
        Map(fhir, HttpMethods.Post, "/{type}/_search", Search.OfTypeAsync);
        Map(fhir, HttpMethods.Get, "/{type}/{id}/{inner}", Search.OfCompartmentAsync);
        Map(fhir, HttpMethods.Post, "/{type}/{id}/_search", Search.OfCompartmentAsync);
        Map(fhir, HttpMethods.Post, "/{type}/{id}/{inner}/_search", Search.OfCompartmentAsync);
        foreach (string method in new[] { HttpMethods.Get, HttpMethods.Post })
        {
            Map(fhir, method, "/$meta", Meta.OfManyAsync);
            Map(fhir, method, "/{type}/$meta", Meta.OfManyAsync);
            Map(fhir, method, "/{type}/{id}/$meta", Meta.OfOneAsync);
            Map(fhir, method, "/{type}/{id}/_history/{version}/$meta", Meta.OfOneAsync);
            Map(fhir, method, "/{type}/{id}/$validate", Validate.AnswerAsync);
        }

        Map(fhir, HttpMethods.Post, "/{type}/$validate", Validate.AnswerAsync);
        Map(fhir, HttpMethods.Post, "/{type}", Create.AnswerAsync);
        Map(fhir, HttpMethods.Get, "/{type}/{id}", Read.AnswerAsync);
        Map(fhir, HttpMethods.Put, "/{type}/{id}", Update.AnswerAsync);
        Map(fhir, HttpMethods.Delete, "/{type}/{id}", Delete.AnswerAsync);
        Map(fhir, HttpMethods.Get, "/{type}/{id}/_history/{version}", VersionRead.AnswerAsync);
        fhir.Map("/{**rest}", Unmapped.AnswerAsync).WithMetadata(new NoPersonalDataAttribute());
    }

    // RFC 9110 section 9.3.2: wherever there is GET, there is HEAD.
    private static string[] Methods(string method) => method == HttpMethods.Get ? [method, HttpMethods.Head] : [method];

    private static void Map(RouteGroupBuilder group, string method, string pattern, Interaction interaction) =>
        group.MapMethods(pattern, Methods(method), (RequestDelegate)(context => FhirCall.RunAsync(context, interaction)));
}

/// <summary>One interaction: from a call with a grant to its answer.</summary>
internal delegate Task<FhirAnswer> Interaction(FhirCall call);
