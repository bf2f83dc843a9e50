using Canonbury.Access.Http;

namespace Canonbury.Server.Api;

/// <summary>The FHIR R4 API: every route, then how a request is run. https://hl7.org/fhir/R4/http.html</summary>
public static class FhirRoutes
{
    public static void MapFhir(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder fhir = routes.MapGroup("/fhir");
        fhir.MapGet("/metadata", Capabilities.AnswerAsync).WithMetadata(new NoPersonalDataAttribute());
        Map(fhir, HttpMethods.Post, "", Bundles.AnswerAsync);
        Map(fhir, HttpMethods.Get, "/{type}", SearchByPatient.AnswerAsync);
        Map(fhir, HttpMethods.Post, "/{type}/_search", SearchByPatient.AnswerAsync);
        Map(fhir, HttpMethods.Post, "/{type}", Create.AnswerAsync);
        Map(fhir, HttpMethods.Get, "/{type}/{id}", Read.AnswerAsync);
        Map(fhir, HttpMethods.Put, "/{type}/{id}", Update.AnswerAsync);
        Map(fhir, HttpMethods.Delete, "/{type}/{id}", Delete.AnswerAsync);
        Map(fhir, HttpMethods.Get, "/{type}/{id}/_history/{version}", VersionRead.AnswerAsync);
        fhir.Map("/{**rest}", Unmapped.AnswerAsync).WithMetadata(new NoPersonalDataAttribute());
    }

    private static void Map(RouteGroupBuilder group, string method, string pattern, Interaction interaction) =>
        group.MapMethods(pattern, [method], (RequestDelegate)(context => FhirCall.RunAsync(context, interaction)));
}

/// <summary>One interaction: from a call with a grant to its answer.</summary>
internal delegate Task<FhirAnswer> Interaction(FhirCall call);
