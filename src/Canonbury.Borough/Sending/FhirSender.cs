using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>
/// Posts transaction bundles to a FHIR server with each system's own bearer token, one patient's bundles in order. The bundles hold PUTs
/// with the system's ids, so sending one again after an outage is harmless.
/// </summary>
public sealed class FhirSender : IOutlet
{
    private const int MaxAttempts = 12;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Lanes lanes;
    private readonly Task[] workers;
    private readonly HttpClient client;
    private readonly Uri url;
    private readonly IReadOnlyDictionary<string, string> tokens;
    private readonly SendingCounters counters;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stopping = new();

    public FhirSender(Uri url, IReadOnlyDictionary<string, string> tokens, int connections, SendingCounters counters, TimeProvider time)
    {
        this.url = url;
        this.tokens = tokens;
        this.counters = counters;
        this.time = time;
        client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { Timeout = TimeSpan.FromSeconds(60) };
        lanes = new Lanes(connections);
        workers = new Task[connections];
        for (int lane = 0; lane < connections; lane++)
        {
            ChannelReader<SourceEvent> bundles = lanes[lane];
            workers[lane] = Task.Run(() => WorkAsync(bundles, stopping.Token));
        }
    }

    public ValueTask SendAsync(SourceEvent sent, CancellationToken cancellation) => lanes.WriteAsync(sent, cancellation);

    public async Task CompleteAsync(CancellationToken cancellation)
    {
        lanes.Complete();
        await Task.WhenAll(workers).WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        lanes.Complete();
        await stopping.CancelAsync();
        await Task.WhenAll(workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        stopping.Dispose();
    }

    private async Task WorkAsync(ChannelReader<SourceEvent> bundles, CancellationToken cancellation)
    {
        await foreach (SourceEvent bundle in bundles.ReadAllAsync(cancellation))
        {
            counters.CountSent(bundle.Results);
            long started = time.GetTimestamp();
            for (int attempt = 1; !await TryPostAsync(bundle, started, attempt == MaxAttempts, cancellation); attempt++)
            {
                await Task.Delay(WaitBefore(attempt), time, cancellation);
            }
        }
    }

    /// <returns>True where the bundle is settled: accepted, or refused for good.</returns>
    private async Task<bool> TryPostAsync(SourceEvent bundle, long started, bool last, CancellationToken cancellation)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(bundle.Payload) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[bundle.System.Code]);
            request.Headers.TryAddWithoutValidation("Prefer", "return=minimal");
            using HttpResponseMessage response = await client.SendAsync(request, cancellation);
            if (response.IsSuccessStatusCode)
            {
                counters.CountAcknowledged(time.GetElapsedTime(started));
                return true;
            }

            string problem = $"{bundle.System.Code}: HTTP {(int)response.StatusCode}";
            return Settle(problem, last || !MayPass(response.StatusCode));
        }
        catch (HttpRequestException outage)
        {
            return Settle($"{bundle.System.Code}: {outage.HttpRequestError}", last);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Settle($"{bundle.System.Code}: no answer in time", last);
        }
    }

    private bool Settle(string problem, bool forGood)
    {
        if (forGood)
        {
            counters.CountRefused(problem);
        }
        else
        {
            counters.CountResent(problem);
        }

        return forGood;
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    private static TimeSpan WaitBefore(int attempt) =>
        TimeSpan.FromMilliseconds(Math.Min(LongestWait.TotalMilliseconds, 100 * Math.Pow(2, attempt - 1)));
}
