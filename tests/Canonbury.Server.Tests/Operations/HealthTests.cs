using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Canonbury.Server.Tests.Operations;

public sealed class HealthTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_OfAStartedServer_Passes(string path)
    {
        using HttpResponseMessage answer = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("pass", body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Metrics_AreInThePrometheusFormat()
    {
        string text = await server.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("# TYPE dotnet_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_DoNotNameTheServerSoftware()
    {
        using HttpResponseMessage answer = await server.Client.GetAsync("/health/live", TestContext.Current.CancellationToken);
        Assert.False(answer.Headers.Contains("Server"));
    }
}
