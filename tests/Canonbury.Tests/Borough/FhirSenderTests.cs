using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Canonbury.Borough.Sending;
using Canonbury.Borough.Systems;
using Xunit;

namespace Canonbury.Tests.Borough;

public sealed class FhirSenderTests
{
    private readonly SendingCounters counters = new();
    private readonly ConcurrentQueue<(string? Token, string? Type, string Body)> received = new();

    [Fact]
    public async Task Bundles_ArePostedWithTheTokenOfTheirSystem()
    {
        await SendAsync([Bundle(SourceSystem.Gp, "1"), Bundle(SourceSystem.Asc, "2")], _ => 200);
        Assert.Equal(2, counters.Acknowledged);
        Assert.Equal(["Bearer A", "Bearer G"], received.Select(each => each.Token).Order());
        Assert.All(received, each => Assert.Equal("application/fhir+json", each.Type));
    }

    [Fact]
    public async Task BusyOrUnavailable_IsTriedAgainInOrder()
    {
        int request = 0;
        SourceEvent[] bundles = [.. Enumerable.Range(0, 8).Select(number => Bundle(SourceSystem.Gp, $"b{number}"))];
        await SendAsync(bundles, _ => Interlocked.Increment(ref request) switch { 1 => 429, 3 => 503, _ => 200 });
        Assert.Equal(8, counters.Acknowledged);
        Assert.Equal(2, counters.Resent);
        Assert.Equal(bundles.Select(each => each.ControlId), received.Select(each => each.Body).Distinct());
    }

    [Fact]
    public async Task ARefusal_IsCountedAndNotRepeated()
    {
        await SendAsync([Bundle(SourceSystem.Gp, "bad"), Bundle(SourceSystem.Gp, "good")], body => body == "bad" ? 422 : 201);
        Assert.Equal(1, counters.Refused);
        Assert.Equal(1, counters.Acknowledged);
        Assert.Equal("gp: HTTP 422", counters.LastProblem);
    }

    private static SourceEvent Bundle(SourceSystem system, string name) =>
        new(system, new DateTime(2026, 1, 1), "one-patient", name, "bundle", 0, Encoding.UTF8.GetBytes(name));

    private async Task SendAsync(IReadOnlyList<SourceEvent> bundles, Func<string, int> status)
    {
        using HttpListener listener = Listen(out Uri url);
        Task serving = ServeAsync(listener, status);
        Dictionary<string, string> tokens = new() { ["gp"] = "G", ["asc"] = "A" };
        await using (FhirSender sender = new(url, tokens, 3, counters, TimeProvider.System))
        {
            foreach (SourceEvent bundle in bundles)
            {
                await sender.SendAsync(bundle, TestContext.Current.CancellationToken);
            }

            await sender.CompleteAsync(TestContext.Current.CancellationToken);
        }

        listener.Stop();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync(HttpListener listener, Func<string, int> status)
    {
        while (listener.IsListening)
        {
            HttpListenerContext call = await listener.GetContextAsync();
            using StreamReader reader = new(call.Request.InputStream);
            string body = await reader.ReadToEndAsync();
            received.Enqueue((call.Request.Headers["Authorization"], call.Request.ContentType, body));
            call.Response.StatusCode = status(body);
            call.Response.Close();
        }
    }

    private static HttpListener Listen(out Uri url)
    {
        for (int port = 20_000 + (Environment.ProcessId % 20_000); ; port++)
        {
            HttpListener listener = new();
            url = new Uri($"http://127.0.0.1:{port}/fhir/");
            listener.Prefixes.Add(url.ToString());
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException)
            {
                // Somebody else has that port; the next one may be free.
            }
        }
    }
}
