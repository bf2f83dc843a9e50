using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Validation;
using Canonbury.Server.Api.Profiles;
using Canonbury.Translate;
using Canonbury.Translate.FhirPush;
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
        ParsedBody sent = await ParseAsync(call);
        if ((sent.Problem ?? (sent.Parsed!.IsValid ? null : Problem.Refused(sent.Parsed.Issues))) is { } problem)
        {
            return new Body(sent.Bytes, null, problem);
        }

        Resource resource = sent.Parsed!.Resource!;
        (Problem? refused, IReadOnlyList<Issue> noted) = PushedProfiles.Check(resource, Options(call), call.Context.RequestServices.GetRequiredService<ProfileLibrary>());
        return refused is null ? new Body(sent.Bytes, resource, null) { Noted = noted } : new Body(sent.Bytes, null, refused);
    }

    /// <summary>What was sent, read as far as it can be, with everything that is wrong with it.</summary>
    public static async Task<ParsedBody> ParseAsync(FhirCall call)
    {
        HttpRequest request = call.Context.Request;
        if (Formats.Sent(request) is not { } format)
        {
            return new ParsedBody([], null, WrongMedia);
        }

        ServerOptions options = Options(call);
        long limit = options.MaxBodyMegabytes * 1024L * 1024;
        if (request.ContentLength > limit || await BytesAsync(request, limit, call.Cancellation) is not { } bytes)
        {
            return new ParsedBody([], null, TooLarge);
        }

        Parsed parsed = BaseValidation.Check(bytes, format);
        return parsed.Resource is Bundle { Entry.Count: var entries } && entries > options.MaxBundleEntries
            ? new ParsedBody(bytes, null, new Problem(ProblemKind.TooLarge, "entries-too-many", $"A bundle has at most {options.MaxBundleEntries} entries.", "Bundle.entry"))
            : new ParsedBody(bytes, parsed, null);
    }

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

/// <summary>A body: its bytes, and the resource or why it is refused.</summary>
internal sealed record Body(byte[] Bytes, Resource? Resource, Problem? Problem)
{
    /// <summary>What was wrong but did not refuse it.</summary>
    public IReadOnlyList<Issue> Noted { get; init; } = [];

    /// <summary>The push with what was noted among its findings.</summary>
    public PushResult With(PushResult push) => Noted.Count == 0
        ? push
        : push with { Findings = [.. push.Findings, .. Noted.Select(issue => new Finding(issue.Expression ?? "", issue.Code, issue.Words))] };
}

/// <summary>A body: its bytes, and what could be read of it, or why nothing was.</summary>
internal sealed record ParsedBody(byte[] Bytes, Parsed? Parsed, Problem? Problem);
