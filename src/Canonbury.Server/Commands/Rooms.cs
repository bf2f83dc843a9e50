namespace Canonbury.Server.Commands;

/// <summary>The rooms for a command that works beside a running server or without one: nothing listens, nothing runs in the background.</summary>
internal static class Rooms
{
    /// <param name="fixedSettings">Settings that the command needs, whatever file, environment and flags say.</param>
    public static ServiceProvider Open(IConfigurationRoot settings, params ReadOnlySpan<(string Key, string Value)> fixedSettings)
    {
        foreach ((string key, string value) in fixedSettings)
        {
            settings[key] = value;
        }

        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(settings);
        services.AddLogging(logging =>
        {
            logging.LogTo(json: false);
            logging.SetMinimumLevel(LogLevel.Warning);
        });
        return services.AddRooms(settings).BuildServiceProvider();
    }
}
