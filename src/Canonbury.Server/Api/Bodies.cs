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

    private static readonly Problem WrongEncoding =
        new(ProblemKind.UnsupportedMedia, "encoding-not-supported", "A body is sent plain, or compressed by gzip, br or deflate.", "http.Content-Encoding");

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
        HttpRequest request = call.Context.Request;
        if (Formats.Sent(request) is not { } format)
        {
            return new Body([], null, WrongMedia);
        }

        ServerOptions options = call.Context.RequestServices.GetRequiredService<IOptions<ServerOptions>>().Value;
        long limit = options.MaxBodyMegabytes * 1024L * 1024;
        if (request.ContentLength > limit || await BytesAsync(request, limit, call.Cancellation) is not { } bytes)
        {
            return new Body([], null, TooLarge);
        }

        Parsed parsed = BaseValidation.Check(bytes, format);
        return parsed.Resource is Bundle { Entry.Count: var entries } && entries > options.MaxBundleEntries
            ? new Body(bytes, null, new Problem(ProblemKind.TooLarge, "entries-too-many", $"A bundle has at most {options.MaxBundleEntries} entries.", "Bundle.entry"))
            : parsed.IsValid ? new Body(bytes, parsed.Resource, null) : new Body(bytes, null, Problem.Refused(parsed.Issues));
    }

    private static async Task<byte[]?> BytesAsync(HttpRequest request, long limit, CancellationToken cancellation)
    {
        using MemoryStream buffer = new((int)(request.ContentLength ?? 4096));
        byte[] chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}

/// <summary>A body: its bytes, and the resource or why it is refused.</summary>
internal sealed record Body(byte[] Bytes, Resource? Resource, Problem? Problem);
