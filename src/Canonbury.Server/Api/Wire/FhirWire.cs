using Canonbury.Fhir.Problems;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace Canonbury.Server.Api.Wire;

/// <summary>What a request to the API passes through before its route is known: its id, the length of its URL, other origins, compression.</summary>
public static class FhirWire
{
    private const string OtherOrigins = "fhir";

    /// <summary>The longest request line that is read at all; beyond it the web server itself answers 414.</summary>
    public const int LongestRequestLine = 32 * 1024;

    /// <summary>The longest path and query that is answered: RFC 9110 section 4.1 asks for 8,000 at least.</summary>
    private const int LongestUrl = 16 * 1024;

    private static readonly Problem UrlTooLong = new(
        ProblemKind.UrlTooLong, "url-too-long", $"The URL is longer than {LongestUrl} characters: a search can be posted as a form to _search.");

    public static IServiceCollection AddFhirWire(this IServiceCollection services, IConfiguration configuration)
    {
        ServerOptions options = configuration.GetSection(ServerOptions.Section).Get<ServerOptions>() ?? new ServerOptions();
        services.AddCors(cors => cors.AddPolicy(OtherOrigins, policy => policy
            .WithOrigins(options.CorsOrigins)
            .AllowAnyHeader()
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
            .WithExposedHeaders(HeaderNames.ETag, HeaderNames.Location, HeaderNames.ContentLocation, HeaderNames.LastModified, RequestIds.Header)
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        services.AddResponseCompression(compression =>
        {
            // No secret of ours is in an answer beside what its client sent (BREACH): tokens travel in headers.
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/fhir+json", "application/fhir+xml", "application/fhir+ndjson"];
        });
        services.AddSingleton<IResponseCompressionProvider, WorthCompressing>();
        services.AddRequestDecompression();
        return services;
    }

    /// <summary>Stands before routing and before who asks is found out.</summary>
    public static IApplicationBuilder UseFhirWire(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/fhir", StringComparison.OrdinalIgnoreCase),
        fhir => fhir
            .Use(RequestIds.GiveAsync)
            .Use(LastResort.CatchAsync)
            .UseCors(OtherOrigins)
            .UseResponseCompression()
            .Use(LimitUrlAsync)
            .UseRequestDecompression());

    private static Task LimitUrlAsync(HttpContext context, RequestDelegate next) =>
        context.Request.Path.Value!.Length + context.Request.QueryString.Value?.Length > LongestUrl
            ? FhirAnswer.Of(UrlTooLong).SendAsync(context)
            : next(context);
}
