using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Xunit;

namespace Canonbury.Server.Tests.Commands;

/// <summary><c>canonbury token</c>, as a process of its own beside a server that runs.</summary>
public sealed partial class TokenCommandTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Token_IsAllThatIsPrinted_AndOpensTheClientsOwnSource()
    {
        (int code, string output) = await RunAsync("token", "--client", "shop-floor", "--data", server.Folder);

        Assert.Equal(0, code);
        Assert.Matches(OneToken(), output);
        using HttpRequestMessage request = new(HttpMethod.Get, "/fhir/Patient?_id=none");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", output.Trim());
        using HttpResponseMessage response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Shop Floor", "1")]
    [InlineData("shop-floor", "0")]
    public async Task WrongNameOrTime_EndsWith2_AndPrintsNoToken(string client, string hours)
    {
        (int code, string output) = await RunAsync("token", "--client", client, "--hours", hours, "--data", server.Folder);

        Assert.Equal((2, ""), (code, output));
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        string program = typeof(Program).Assembly.Location;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{40,}\r?\n\z")]
    private static partial Regex OneToken();
}
