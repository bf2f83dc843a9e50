using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>The outlets that the options ask for: each event goes to the network door of its system, and to the file where there is one.</summary>
internal sealed class Outlets : IAsyncDisposable
{
    private readonly MllpSender? mllp;
    private readonly FhirSender? fhir;
    private readonly FileOutlet? files;
    private readonly IReadOnlyDictionary<string, string> tokens;

    public Outlets(SimulationOptions options, SendingCounters counters, TimeProvider time)
    {
        tokens = options.FhirTokens;
        if (options.MllpHost is string host)
        {
            mllp = new MllpSender(new MllpTarget(host, options.MllpPort, options.Connections, options.Window), counters, time);
        }

        if (options.FhirUrl is Uri url && tokens.Count > 0)
        {
            fhir = new FhirSender(url, tokens, options.Connections, counters, time);
        }

        files = options.Folder is string folder ? new FileOutlet(folder) : null;
    }

    public async ValueTask SendAsync(SourceEvent sent, CancellationToken cancellation)
    {
        if (files is not null)
        {
            await files.SendAsync(sent, cancellation);
        }

        if (!sent.System.SendsFhir && mllp is not null)
        {
            await mllp.SendAsync(sent, cancellation);
        }
        else if (sent.System.SendsFhir && fhir is not null && tokens.ContainsKey(sent.System.Code))
        {
            await fhir.SendAsync(sent, cancellation);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await (mllp?.CompleteAsync(cancellation) ?? Task.CompletedTask);
        await (fhir?.CompleteAsync(cancellation) ?? Task.CompletedTask);
        await (files?.CompleteAsync(cancellation) ?? Task.CompletedTask);
    }

    public async ValueTask DisposeAsync()
    {
        await (mllp?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (fhir?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (files?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
