using System.Net;
using System.Text.Json.Nodes;
using Canonbury.Access;
using Canonbury.Access.Callers;
using Canonbury.Database;
using Canonbury.Record.Export;
using Canonbury.Server.Api;
using Canonbury.Server.Api.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>An export that was stopped goes on where it was, without a resource lost or written twice; its files go when their time is over.</summary>
public sealed class ExportResumeTests
{
    private const int People = 80;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_ThatWasStopped_GoesOn_AndComesToTheSameFiles(bool filesAreLost)
    {
        await using ExportServer server = await CrowdAsync();
        string whole = await FilesAsync(server, await server.BeginAsync("$export", "record"));
        Assert.Equal(People + 3, whole.Split('\n').Count(line => line.Contains("\"resourceType\":\"Patient\"", StringComparison.Ordinal)));

        await server.StopRunningAsync();
        string location = await server.BeginAsync("$export", "record");
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner(server, new StoppingClock(stop, after: 700)).RunOneAsync(stop.Token));
        ExportJob job = Job(server, location);
        Assert.InRange(job.NextBucket, 300, 800);
        Assert.NotEmpty(job.Files);
        using (HttpResponseMessage progress = await server.Api.SendAsync("GET", location, client: "record"))
        {
            Assert.Equal(HttpStatusCode.Accepted, progress.StatusCode);
            Assert.StartsWith($"{100 * job.NextBucket / 1024}%", progress.Headers.GetValues("X-Progress").Single(), StringComparison.Ordinal);
        }

        // The machine went down with half a line in one file, and one file of which the record does not know.
        ExportFolder folder = server.Api.Rooms.GetRequiredService<ExportFolder>();
        await File.AppendAllTextAsync(folder.FileOf(job.Id, "Patient"), """{"resourceType":"Pati""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.FileOf(job.Id, "Flag"), "{}", TestContext.Current.CancellationToken);
        if (filesAreLost)
        {
            File.Delete(folder.FileOf(job.Id, "Patient"));
        }

        Assert.True(await Runner(server, TimeProvider.System).RunOneAsync(TestContext.Current.CancellationToken));
        Assert.False(await Runner(server, TimeProvider.System).RunOneAsync(TestContext.Current.CancellationToken));
        Assert.Equal(whole, await FilesAsync(server, location));
    }

    [Fact]
    public async Task Client_WhoseRoleChanged_GetsNothingOfItsOldExports()
    {
        await using ExportServer server = await CrowdAsync();
        string done = await server.BeginAsync("$export", "record");
        string file = (string)(await server.FinishAsync(done, "record"))["output"]![0]!["url"]!;
        await server.StopRunningAsync();
        string waiting = await server.BeginAsync("$export", "record");
        using (Session session = server.Api.Rooms.GetRequiredService<RecordDatabase>().Open())
        {
            session.Execute("UPDATE account SET role = $1 WHERE name = 'record'", nameof(Role.SystemClient));
        }

        Assert.True(await Runner(server, TimeProvider.System).RunOneAsync(TestContext.Current.CancellationToken));
        ExportJob job = Job(server, waiting);
        Assert.Equal((ExportState.Refused, 0), (job.State, job.Files.Count));

        // A token that was found is known for a moment longer: another one, of the role of now.
        string token = Assert.IsType<Access.SignIn.TokenOutcome.Issued>(await server.Api.Rooms.GetRequiredService<Access.SignIn.ClientTokens>().IssueAsync(
            "record", Role.SystemClient, 1, TestContext.Current.CancellationToken)).Token;
        foreach (string url in new[] { done, file, waiting })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, url);
            request.Headers.Authorization = new("Bearer", token);
            await ApiServer.RefusedAsync(await server.Api.Nobody.SendAsync(request, TestContext.Current.CancellationToken), 404, "not-found");
        }
    }

    [Fact]
    public async Task Export_OfAGroupThatWasDeletedMeanwhile_IsRefused()
    {
        await using ExportServer server = new();
        await server.InitializeAsync();
        await server.StopRunningAsync();
        string location = await server.BeginAsync("Group/club/$export", "record");
        using HttpResponseMessage deleted = await server.Api.SendAsync("DELETE", "fhir/Group/club");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.True(await Runner(server, TimeProvider.System).RunOneAsync(TestContext.Current.CancellationToken));
        await ApiServer.RefusedAsync(await server.Api.SendAsync("GET", location, client: "record"), 409, "export-refused");
    }

    [Fact]
    public async Task Files_GoWhenTheirTimeIsOver()
    {
        await using ExportServer server = new();
        await server.InitializeAsync();
        string location = await server.BeginAsync("$export", "record");
        await server.FinishAsync(location, "record");
        await server.StopRunningAsync();
        ExportFolder folder = server.Api.Rooms.GetRequiredService<ExportFolder>();
        ExportService service = server.Api.Rooms.GetServices<IHostedService>().OfType<ExportService>().Single();
        service.Sweep();
        Assert.True(Directory.Exists(folder.Of(Id(location))));

        using (Session session = server.Api.Rooms.GetRequiredService<RecordDatabase>().Open())
        {
            session.Execute("UPDATE export_job SET expires_at = $1", TimeProvider.System.GetUtcNow().AddSeconds(-1));
        }

        await ApiServer.RefusedAsync(await server.Api.SendAsync("GET", location, client: "record"), 404, "not-found");
        service.Sweep();
        Assert.False(Directory.Exists(folder.Of(Id(location))));
    }

    private static async Task<ExportServer> CrowdAsync()
    {
        ExportServer server = new();
        await server.InitializeAsync();
        for (int i = 0; i < People; i++)
        {
            await server.PutAsync("kept-two", $"Patient/crowd-{i}", $$""" "name":[{"family":"Crowd{{i}}"}] """);
            await server.PutAsync("kept-two", $"Observation/crowd-{i}", ExportServer.Observation("29463-7", $"crowd-{i}", "2024-01-05"));
        }

        return server;
    }

    private static ExportRunner Runner(ExportServer server, TimeProvider clock)
    {
        IServiceProvider rooms = server.Api.Rooms;
        return new ExportRunner(
            rooms.GetRequiredService<ExportJobs>(), rooms.GetRequiredService<ExportReader>(), rooms.GetRequiredService<ExportFolder>(), rooms.GetRequiredService<Accounts>(),
            rooms.GetRequiredService<AccessDesk>(), rooms.GetRequiredService<FhirRooms>() with { Time = clock }, rooms.GetRequiredService<IOptions<ExportOptions>>(),
            NullLogger<ExportRunner>.Instance);
    }

    private static async Task<string> FilesAsync(ExportServer server, string location)
    {
        JsonNode manifest = await server.FinishAsync(location, "record");
        List<string> files = [];
        foreach (JsonNode? output in manifest["output"]!.AsArray())
        {
            files.Add($"{output!["type"]} {output["count"]}\n{await server.FileAsync((string)output["url"]!, "record")}");
        }

        return string.Concat(files);
    }

    private static ExportJob Job(ExportServer server, string location) => server.Api.Rooms.GetRequiredService<ExportJobs>().Find(Id(location), "record")!;

    private static Guid Id(string location) => Guid.Parse(location.Split('/')[^1]);

    /// <summary>A runner looks at the time before each chunk: here the server is stopped then.</summary>
    private sealed class StoppingClock(CancellationTokenSource stop, int after) : TimeProvider
    {
        private int asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (++asked == after)
            {
                stop.Cancel();
            }

            return System.GetUtcNow();
        }
    }
}
