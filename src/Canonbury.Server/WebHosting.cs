using System.Globalization;
using Canonbury.Server.Api.Wire;
using Microsoft.Extensions.Logging.Console;

namespace Canonbury.Server;

/// <summary>The web server itself: address, limits, log and stop. Nothing here knows a room.</summary>
internal static class WebHosting
{
    public static WebApplicationBuilder CreateBuilder(IConfiguration configuration)
    {
        // The settings are ours alone: neither appsettings.json nor ASPNETCORE_ variables change the program.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.AddOptions<ServerOptions>().Bind(configuration.GetSection(ServerOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        ServerOptions options = configuration.GetSection(ServerOptions.Section).Get<ServerOptions>() ?? new ServerOptions();

        builder.WebHost.UseUrls(options.Url.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyMegabytes * 1024L * 1024;
            kestrel.Limits.MaxRequestLineSize = FhirWire.LongestRequestLine;
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeadersSeconds);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.StopSeconds));
        builder.Logging.LogTo(options.LogJson);

        // Until the start is over, a failure is the command's to explain, in one line.
        StartPhase phase = new();
        builder.Services.AddSingleton(phase);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => phase.Over && level >= LogLevel.Warning);
        return builder;
    }

    /// <summary>Log lines go to the error output, so that what a command prints can be piped.</summary>
    public static void LogTo(this ILoggingBuilder logging, bool json)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        // It warns on every form that the pages' own "no-store" is made stricter than it was.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (json)
        {
            logging.AddJsonConsole(console => console.TimestampFormat = "O");
            return;
        }

        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = CultureInfo.InvariantCulture.DateTimeFormat.SortableDateTimePattern + " ";
        });
    }
}
