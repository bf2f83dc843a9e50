using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Canonbury.Server.Tests;

/// <summary>The whole server on SQLite in a folder of its own, listening on ports that the system chose: for <c>IClassFixture</c>.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("canonbury-server-").FullName;
    private WebApplication? app;

    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    public IServiceProvider Rooms => app?.Services ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync()
    {
        app = Program.Build(Settings(folder));
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

        Directory.Delete(folder, recursive: true);
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
