using System.Text;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>Writes one file a system: HL7 v2 as a batch (FHS, BHS ... BTS, FTS; HL7 v2.4 section 2.15.5), FHIR as NDJSON of bundles.</summary>
public sealed class FileOutlet(string folder) : IOutlet
{
    private readonly Dictionary<SourceSystem, (FileStream Stream, long Count)> files = [];

    public async ValueTask SendAsync(SourceEvent sent, CancellationToken cancellation)
    {
        if (!files.TryGetValue(sent.System, out (FileStream Stream, long Count) file))
        {
            file = (Open(sent.System), 0);
            await WriteAsync(file.Stream, sent.System.SendsFhir ? "" : Header(sent.System), cancellation);
        }

        await file.Stream.WriteAsync(sent.Payload, cancellation);
        if (sent.System.SendsFhir)
        {
            await WriteAsync(file.Stream, "\n", cancellation);
        }

        files[sent.System] = (file.Stream, file.Count + 1);
    }

    public async Task CompleteAsync(CancellationToken cancellation)
    {
        foreach ((SourceSystem system, (FileStream stream, long count)) in files)
        {
            await WriteAsync(stream, system.SendsFhir ? "" : $"BTS|{count}\rFTS|1\r", cancellation);
            await stream.FlushAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((FileStream stream, _) in files.Values)
        {
            await stream.DisposeAsync();
        }
    }

    private FileStream Open(SourceSystem system)
    {
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, system.Code + (system.SendsFhir ? ".ndjson" : ".hl7")), FileMode.Create);
    }

    private static string Header(SourceSystem system) =>
        $"FHS|^~\\&|{system.Application}|{system.Facility}\rBHS|^~\\&|{system.Application}|{system.Facility}\r";

    private static async Task WriteAsync(FileStream stream, string text, CancellationToken cancellation) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
}
