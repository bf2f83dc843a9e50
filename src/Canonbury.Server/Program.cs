using Canonbury.Access;
using Canonbury.Database;
using Canonbury.Identify;
using Canonbury.Intake;
using Canonbury.Record;
using Canonbury.Server.Api;
using Canonbury.Server.Api.Export;
using Canonbury.Server.Api.Wire;
using Canonbury.Server.Commands;
using Canonbury.Server.Operations;
using Canonbury.Server.Subscriptions;
using Canonbury.Server.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Canonbury.Server;

/// <summary>The program, put together: the rooms in the order of the road, then what a request passes through.</summary>
public static class Program
{
    public static Task<int> Main(string[] arguments) => CommandLine.RunAsync(arguments);

    /// <summary>Every room, in the order in which a message passes them. What is registered before wins (tests give their own clock).</summary>
    public static IServiceCollection AddRooms(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDatabase(configuration)
            .AddIntake(configuration)
            .AddIdentify(configuration)
            .AddRecord()
            .AddAccess(configuration)
            .JoinRooms();
    }

    /// <summary>The server, ready to start. Starting it brings the schema up to date first.</summary>
    public static WebApplication Build(IConfiguration configuration, Action<IServiceCollection>? first = null)
    {
        WebApplicationBuilder builder = WebHosting.CreateBuilder(configuration);
        first?.Invoke(builder.Services);
        builder.Services
            .AddRooms(builder.Configuration)
            .AddPages()
            .AddFhirWire(builder.Configuration)
            .AddReadiness()
            .AddIntakeServices()
            .AddSubscriptions(builder.Configuration)
            .AddExports(builder.Configuration)
            .AddTelemetry(builder.Configuration);

        WebApplication app = builder.Build();
        // Wrong settings end the start before a folder is made or a port opened.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UsePages();
        app.UseFhirWire();
        app.UseRouting();
        app.UseWebSockets();
        app.UseAccess();
        app.MapHealth();
        app.MapMetrics();
        app.MapSubscriptions();
        app.MapFhir();
        app.MapPages();
        return app;
    }
}
