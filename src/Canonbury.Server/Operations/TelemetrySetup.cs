using Canonbury.Access.Http;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Canonbury.Server.Operations;

/// <summary>
/// OpenTelemetry: the rooms' own meters and sources (named <c>Canonbury.*</c>) beside those of the web server and the runtime.
/// Metrics are always readable at <c>/metrics</c>; traces go nowhere without an OTLP endpoint.
/// </summary>
public static class TelemetrySetup
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        string? endpoint = configuration.GetSection(ServerOptions.Section).Get<ServerOptions>()?.OtlpEndpoint;
        void To(OtlpExporterOptions otlp) => otlp.Endpoint = new Uri(endpoint);

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("canonbury"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter("Canonbury.*").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter();
                if (endpoint is not null)
                {
                    metrics.AddOtlpExporter(To);
                }
            })
            .WithTracing(traces =>
            {
                if (endpoint is not null)
                {
                    // Addresses of requests hold ids of people's records, so only the route's pattern is kept.
                    traces.AddSource("Canonbury.*").AddOtlpExporter(To).AddAspNetCoreInstrumentation(web =>
                        web.EnrichWithHttpRequest = (activity, _) => activity.SetTag("url.path", null).SetTag("url.query", null));
                }
            });
        return services;
    }

    public static void MapMetrics(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous().WithMetadata(new NoPersonalDataAttribute());
}
