using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Canonbury.Access;
using Canonbury.Access.SignIn;
using Canonbury.Database;
using Canonbury.Database.Migrations;
using Canonbury.Server.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>The FHIR API over a real Kestrel, with real access and audit on SQLite and a store in memory.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    public const string Json = "application/fhir+json";

    private readonly string folder = Directory.CreateTempSubdirectory("canonbury-api-").FullName;
    private readonly Dictionary<string, string> tokens = [];
    private WebApplication? app;

    /// <summary>A client without a token.</summary>
    public HttpClient Nobody { get; } = new();

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Database:Folder"] = folder;
        builder.Services.AddSingleton(TimeProvider.System).AddDatabase(builder.Configuration).AddAccess(builder.Configuration);
        builder.Services.AddSingleton<RegisterSource>((_, _, _) => Task.CompletedTask);
        builder.Services.AddSingleton(new MemoryFhirStore(TimeProvider.System).Store);
        builder.Services.Configure<ServerOptions>(options => options.MaxBodyMegabytes = 1);
        app = builder.Build();
        app.UseRouting();
        app.UseAccess();
        app.MapFhir();
        app.Services.GetRequiredService<Migrator>().Migrate();
        foreach (string client in new[] { "kept-one", "kept-two", "mapped-one" })
        {
            TokenOutcome outcome = await app.Services.GetRequiredService<ClientTokens>().IssueAsync(client, 1, CancellationToken.None);
            tokens[client] = Assert.IsType<TokenOutcome.Issued>(outcome).Token;
        }

        await app.StartAsync();
        Nobody.BaseAddress = new Uri(app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        Nobody.Dispose();
        await app!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Sends as a client (by default one whose ids are kept).</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string method, string path, string? body = null, string client = "kept-one", string type = Json, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        request.Headers.Authorization = tokens.TryGetValue(client, out string? token) ? new AuthenticationHeaderValue("Bearer", token) : null;
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Nobody.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonNode> BodyAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

    /// <summary>The answer must be an OperationOutcome with this code and, where given, element.</summary>
    public static async Task RefusedAsync(HttpResponseMessage response, int status, string code, string? element = null)
    {
        JsonNode outcome = await BodyAsync(response);
        Assert.Equal(
            (status, "OperationOutcome", code),
            ((int)response.StatusCode, (string?)outcome["resourceType"], (string?)outcome["issue"]![0]!["details"]!["coding"]![0]!["code"]));
        if (element is not null)
        {
            Assert.Equal(element, (string?)outcome["issue"]![0]!["expression"]![0]);
        }
    }
}
