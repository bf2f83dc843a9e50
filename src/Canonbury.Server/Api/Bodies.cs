using System.Security.Cryptography;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Validation;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Api;

/// <summary>Reads and checks the body of a request.</summary>
internal static class Bodies
{
    public static readonly Problem TooLarge = new(ProblemKind.TooLarge, "body-too-large", "The body is larger than this server takes.");

    public static readonly Problem Unreadable = new(ProblemKind.Invalid, "body-unreadable", "The body cannot be read to its end, or is not what its headers say.");

    private const int FirstBuffer = 1 << 20;

    private static readonly Problem WrongEncoding =
        new(ProblemKind.UnsupportedMedia, "encoding-not-supported", "A body is sent plain, or compressed by gzip, br or deflate.", "http.Content-Encoding");

    private static readonly Problem Absent =
        new(ProblemKind.Invalid, "entry-resource-absent", "An entry that creates or updates needs a resource.", "Resource");

    private static readonly Problem WrongMedia = new(
        ProblemKind.UnsupportedMedia,
        "format-not-supported",
        "A body is application/fhir+json or application/fhir+xml in UTF-8, of FHIR 4.0.");

    /// <summary>Why a body cannot be decompressed; null where it can. What was known has been taken off by now.</summary>
    public static Problem? EncodingRefusal(HttpRequest request) =>
        request.Headers.ContentEncoding.All(encoding => string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase)) ? null : WrongEncoding;

    /// <summary>The resource that was sent, or why it is refused.</summary>
    public static async Task<Body> ReadAsync(FhirCall call)
    {
        if (call.Entry is { } entry)
        {
            return entry.Resource is { } resource ? new Body(entry.Hash, resource, null) : Body.Refused(Absent);
        }

        ParsedBody sent = await ParseAsync(call);
        return (sent.Problem ?? (sent.Parsed!.IsValid ? null : Problem.Refused(sent.Parsed.Issues))) is { } problem
            ? Body.Refused(problem)
            : new Body(HashOf(sent.Bytes), sent.Parsed!.Resource, null);
    }

    /// <summary>What was sent, read as far as it can be, with everything that is wrong with it.</summary>
    public static async Task<ParsedBody> ParseAsync(FhirCall call)
    {
        if (Formats.Sent(call.Context.Request) is not { } format)
        {
            return new ParsedBody([], null, WrongMedia);
        }

        if (await BytesAsync(call) is not { } bytes)
        {
            return new ParsedBody([], null, TooLarge);
        }

        Parsed parsed = BaseValidation.Check(bytes, format);
        int most = Options(call).MaxBundleEntries;
        return parsed is { IsValid: true, Resource: Bundle { Entry.Count: var entries } } && entries > most
            ? new ParsedBody(bytes, null, new Problem(ProblemKind.TooLarge, "entries-too-many", $"A bundle has at most {most} entries.", "Bundle.entry"))
            : new ParsedBody(bytes, parsed, null);
    }

    /// <summary>The body as it was sent; null where it is too large.</summary>
    public static async Task<byte[]?> BytesAsync(FhirCall call)
    {
        HttpRequest request = call.Context.Request;
        long limit = Options(call).MaxBodyMegabytes * 1024L * 1024;
        return request.ContentLength > limit ? null : await BytesAsync(request, limit, call.Cancellation);
    }

    public static byte[] HashOf(byte[] body) => SHA256.HashData(body)[..16];

    private static ServerOptions Options(FhirCall call) => call.Context.RequestServices.GetRequiredService<IOptions<ServerOptions>>().Value;

    private static async Task<byte[]?> BytesAsync(HttpRequest request, long limit, CancellationToken cancellation)
    {
        // A length that was only announced costs nothing yet.
        using MemoryStream buffer = new((int)Math.Min(request.ContentLength ?? 4096, FirstBuffer));
        byte[] chunk = new byte[16 * 1024];
        int read;
        while ((read = await ReadAsync(request, chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static async ValueTask<int> ReadAsync(HttpRequest request, byte[] chunk, CancellationToken cancellation)
    {
        try
        {
            return await request.Body.ReadAsync(chunk, cancellation);
        }
        catch (InvalidDataException none)
        {
            throw new BadHttpRequestException("The body is not compressed as its header says.", StatusCodes.Status400BadRequest, none);
        }
    }
}

/// <summary>A body: the hash of its bytes, and the resource or why it is refused.</summary>
internal sealed record Body(byte[] Hash, Resource? Resource, Problem? Problem)
{
    public static Body Refused(Problem problem) => new([], null, problem);
}

/// <summary>A body: its bytes, and what could be read of it, or why nothing was.</summary>
internal sealed record ParsedBody(byte[] Bytes, Parsed? Parsed, Problem? Problem);
