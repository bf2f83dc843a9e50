namespace Canonbury.Server.Commands;

/// <summary>The rooms for a command that works beside a running server or without one: nothing listens, nothing runs in the background.</summary>
internal static class Rooms
{
    public static ServiceProvider Open(IConfiguration settings)
    {
        ServiceCollection services = new();
        services.AddSingleton(settings);
        services.AddLogging(logging =>
        {
            logging.LogTo(json: false);
            logging.SetMinimumLevel(LogLevel.Warning);
        });
        return services.AddRooms(settings).BuildServiceProvider();
    }
}
