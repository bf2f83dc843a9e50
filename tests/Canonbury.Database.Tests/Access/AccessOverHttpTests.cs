using System.Net;
using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Http;
using Canonbury.Access.Policy;
using Canonbury.Access.SignIn;
using Canonbury.Fhir.Grants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Canonbury.Database.Tests.Access;

/// <summary>Who asks, and what may leave, over a real Kestrel.</summary>
public sealed class AccessOverHttpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_ThatNoAuditEntryPrecedes_DoesNotLeave()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.Sqlite);
        await using WebApplication app = await StartAsync(test);
        using HttpClient client = Client(app);

        foreach (string path in new[] { "/forgets", "/forgets-to-show", "/forgets-in-pieces" })
        {
            (HttpStatusCode status, string body) = await GetAsync(client, path);

            Assert.Equal(HttpStatusCode.InternalServerError, status);
            Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Data_ThatIsInTheAudit_Leaves_AndSoDoesWhatIsAboutNobody()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.Sqlite);
        await using WebApplication app = await StartAsync(test);
        using HttpClient client = Client(app);

        Assert.Equal((HttpStatusCode.OK, "shown"), await GetAsync(client, "/shows"));
        Assert.Equal((HttpStatusCode.OK, "healthy"), await GetAsync(client, "/health"));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(client, "/nothing")).Status);
    }

    [Fact]
    public async Task Cookie_OfASession_SaysWhoAsks_UntilSignOut()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.Sqlite);
        await using WebApplication app = await StartAsync(test);
        using HttpClient client = Client(app);

        Assert.Equal((HttpStatusCode.OK, "nobody"), await GetAsync(client, "/who"));
        await GetAsync(client, "/enter");
        Assert.Equal((HttpStatusCode.OK, "gp GeneralPractitioner"), await GetAsync(client, "/who"));
        Assert.Equal((HttpStatusCode.OK, "nobody"), await GetAsync(client, "/fhir/who"));
        await GetAsync(client, "/leave");
        Assert.Equal((HttpStatusCode.OK, "nobody"), await GetAsync(client, "/who"));
    }

    [Fact]
    public async Task Cookie_IsNotForScriptsNorForOtherSitesForms()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.Sqlite);
        await using WebApplication app = await StartAsync(test);
        using HttpClientHandler handler = new() { UseCookies = false };
        using HttpClient client = new(handler) { BaseAddress = new Uri(app.Urls.First()) };

        using HttpResponseMessage response = await client.GetAsync(new Uri("/enter", UriKind.Relative), Cancellation);

        string cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Token_SaysWhichClientAsks_OnTheApi_AndOnlyThere()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.Sqlite);
        await using WebApplication app = await StartAsync(test);
        using HttpClient client = Client(app);
        TokenOutcome outcome = await app.Services.GetRequiredService<ClientTokens>().IssueAsync("load-tool", Role.SystemClient, 1, Cancellation);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Assert.IsType<TokenOutcome.Issued>(outcome).Token);

        Assert.Equal((HttpStatusCode.OK, "load-tool SystemClient"), await GetAsync(client, "/fhir/who"));
        Assert.Equal((HttpStatusCode.OK, "nobody"), await GetAsync(client, "/who"));
    }

    [Fact]
    public async Task Unknown_IsSentToSignIn_OnAPage_AndToldToSendAToken_OnTheApi()
    {
        await using TestDatabase test = TestDatabase.Create(Engine.Sqlite);
        await using WebApplication app = await StartAsync(test);
        using HttpClientHandler handler = new() { AllowAutoRedirect = false };
        using HttpClient client = new(handler) { BaseAddress = new Uri(app.Urls.First()) };

        using HttpResponseMessage page = await client.GetAsync(new Uri("/closed?x=1", UriKind.Relative), Cancellation);
        using HttpResponseMessage api = await client.GetAsync(new Uri("/fhir/closed", UriKind.Relative), Cancellation);
        using HttpRequestMessage wrong = new(HttpMethod.Get, "/fhir/closed") { Headers = { Authorization = new("Bearer", "wrong") } };
        using HttpResponseMessage withWrong = await client.SendAsync(wrong, Cancellation);

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?back=%2Fclosed%3Fx%3D1"), (page.StatusCode, page.Headers.Location!.OriginalString));
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (api.StatusCode, api.Headers.WwwAuthenticate.ToString()));
        Assert.Equal("Bearer error=\"invalid_token\"", withWrong.Headers.WwwAuthenticate.ToString());
        await app.StopAsync(Cancellation);
        AuditTable audit = app.Services.GetRequiredService<AuditTable>();
        IEnumerable<AuditEntry> refusals = audit.Read(audit.Chains().Single(), 0, 100).Select(row => row.Entry).Where(entry => entry.Outcome == AuditOutcome.Refused);
        Assert.Equal(["/closed", "/fhir/closed", "/fhir/closed"], refusals.Select(entry => entry.Query));
    }

    private static async Task<WebApplication> StartAsync(TestDatabase test)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Access:DemoAccounts"] = "true";
        builder.Services.Configure<DatabaseOptions>(options => options.Folder = test.Options.Folder);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(test.Database).AddSingleton(test.Committer);
        builder.Services.AddSingleton<RegisterSource>((_, _, _, _) => Task.CompletedTask);
        builder.Services.AddAccess(builder.Configuration).AddAuthorization();
        WebApplication app = builder.Build();
        app.UseRouting();
        app.UseAccess();
        app.UseAuthorization();
        Map(app);
        await app.Services.GetRequiredService<Accounts>().AddDemoAccountsAsync(null);
        await app.StartAsync(Cancellation);
        return app;
    }

    private static void Map(WebApplication app)
    {
        AccessRequest find = new(GrantScope.Find);
        app.MapGet("/forgets", () => "secret");
        app.MapGet("/forgets-in-pieces", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("secret");
            await context.Response.Body.FlushAsync();
            await context.Response.WriteAsync("secret");
        });
        app.MapGet("/forgets-to-show", async (HttpContext context, AccessDesk desk) =>
        {
            await desk.RequestAsync(Gp, find, AuditGate.Origin(context), Cancellation);
            return "secret";
        });
        app.MapGet("/shows", async (HttpContext context, AccessDesk desk) =>
        {
            AccessAnswer answer = await desk.RequestAsync(Gp, find, AuditGate.Origin(context), Cancellation);
            await desk.ShowAsync(Gp, ((AccessAnswer.Granted)answer).Grant, ShownItems.Nothing, AuditGate.Origin(context), Cancellation);
            return "shown";
        });
        RouteGroupBuilder open = app.MapGroup("").WithMetadata(new NoPersonalDataAttribute());
        open.MapGet("/health", () => "healthy");
        open.MapGet("/who", Who);
        open.MapGet("/fhir/who", Who);
        open.MapGet("/closed", Who).RequireAuthorization();
        open.MapGet("/fhir/closed", Who).RequireAuthorization();
        open.MapGet("/enter", async (HttpContext context, SignInDesk desk) =>
        {
            SignInOutcome outcome = await desk.SignInAsync("gp", DemoAccounts.Password, AuditGate.Origin(context), Cancellation);
            SessionScheme.SetCookie(context, ((SignInOutcome.SignedIn)outcome).Secret);
        });
        open.MapGet("/leave", (HttpContext context, SignInDesk desk) => desk.SignOutAsync(
            CallerIdentity.Of(context.User)!, context.Request.Cookies[SessionScheme.Cookie]!, AuditGate.Origin(context), Cancellation));
    }

    private static Caller Gp => new()
    {
        Account = "gp",
        DisplayName = "A GP",
        Role = Role.GeneralPractitioner,
        Organisation = new Organisation("X01", "A surgery"),
    };

    private static string Who(HttpContext context) =>
        CallerIdentity.Of(context.User) is { } caller ? $"{caller.Account} {caller.Role}" : "nobody";

    private static HttpClient Client(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.First()) };

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(HttpClient client, string path)
    {
        try
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        }
        catch (HttpRequestException)
        {
            // The server has broken the connection off: nothing left.
            return (HttpStatusCode.InternalServerError, "");
        }
    }
}
