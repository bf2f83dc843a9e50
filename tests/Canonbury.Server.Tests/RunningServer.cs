using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.Server.Tests;

/// <summary>The whole server on SQLite in a folder of its own, listening on ports that the system chose: for <c>IClassFixture</c>.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly (string Key, string Value)[] more;
    private WebApplication? app;

    /// <summary>Services put in before those of the program.</summary>
    internal Action<IServiceCollection>? First { get; init; }

    public RunningServer()
        : this([])
    {
    }

    /// <param name="more">Settings besides those of <see cref="Settings"/>.</param>
    internal RunningServer(params (string Key, string Value)[] more) => this.more = more;

    /// <summary>Where the database and the audit journal are.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("canonbury-server-").FullName;

    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    public IServiceProvider Rooms => app?.Services ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync()
    {
        IConfigurationRoot settings = Settings(Folder);
        foreach ((string key, string value) in more)
        {
            settings[key] = value;
        }

        app = Program.Build(settings, First);
        await app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new Uri(app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Settings as <c>canonbury demo</c> has them, for data in <paramref name="folder"/>.</summary>
    public static IConfigurationRoot Settings(string folder) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Database:Folder"] = folder,
        ["Server:Url"] = "http://127.0.0.1:0",
        ["Intake:Mllp:0:Port"] = "0",
        ["Access:DemoAccounts"] = "true",
    }).Build();
}
