using Canonbury.Database;
using Canonbury.Server.Commands;
using Canonbury.Server.Operations;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
            .AddDatabase(configuration);
    }

    /// <summary>The server, ready to start. Starting it brings the schema up to date first.</summary>
    public static WebApplication Build(IConfiguration configuration, Action<IServiceCollection>? first = null)
    {
        WebApplicationBuilder builder = WebHosting.CreateBuilder(configuration);
        first?.Invoke(builder.Services);
        builder.Services
            .AddRooms(builder.Configuration)
            .AddReadiness()
            .AddTelemetry(builder.Configuration);

        WebApplication app = builder.Build();
        app.MapHealth();
        app.MapMetrics();
        return app;
    }
}
