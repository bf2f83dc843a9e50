using Canonbury.Fhir.Json;
using Canonbury.Fhir.Patch;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;
using Microsoft.Net.Http.Headers;

namespace Canonbury.Server.Api;

/// <summary>A patch as it was sent: a JSON Patch document, or a FHIRPath Patch. https://hl7.org/fhir/R4/http.html#patch</summary>
/// <param name="Apply">From the JSON of a resource, which it leaves as it is, to what the patch makes of it.</param>
internal sealed record SentPatch(byte[] Hash, Func<ReadOnlyMemory<byte>, Patched>? Apply, Problem? Problem);

/// <summary>Reads patches.</summary>
internal static class Patches
{
    public const string JsonPatchType = "application/json-patch+json";

    private static readonly Problem WrongMedia = new(
        ProblemKind.UnsupportedMedia,
        "format-not-supported",
        "A patch is application/json-patch+json, or a FHIRPath Patch: Parameters in application/fhir+json or application/fhir+xml.");

    public static async Task<SentPatch> ReadAsync(FhirCall call)
    {
        if (call.Entry is { } entry)
        {
            return Of(entry.Resource, entry.Hash);
        }

        if (MediaTypeHeaderValue.TryParse(call.Context.Request.ContentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals(JsonPatchType, StringComparison.OrdinalIgnoreCase))
        {
            return await Bodies.BytesAsync(call) is { } bytes ? Of(bytes, Bodies.HashOf(bytes)) : Refused(Bodies.TooLarge);
        }

        if (Formats.Sent(call.Context.Request) is null)
        {
            return Refused(WrongMedia);
        }

        Body body = await call.BodyAsync();
        return body.Problem is { } problem ? Refused(problem) : Of(body.Resource, body.Hash);
    }

    // R4 http.html#transaction: in a bundle a JSON Patch is a Binary.
    private static SentPatch Of(Resource? resource, byte[] hash) => resource switch
    {
        Parameters parameters => new SentPatch(hash, json => FhirPathPatch.Apply(Stored(json), parameters), null),
        Binary { Data: { } data } binary when binary.ContentType?.Split(';')[0].Trim() == JsonPatchType => Of(data, hash),
        _ => Refused(new Problem(
            ProblemKind.Invalid, "type-mismatch", "A patch is a Parameters, or in a bundle a Binary with a JSON Patch.", resource?.TypeName)),
    };

    private static SentPatch Of(byte[] patch, byte[] hash) => new(hash, json => JsonPatch.Apply(json.Span, patch), null);

    private static SentPatch Refused(Problem problem) => new([], null, problem);

    private static Resource Stored(ReadOnlyMemory<byte> json) => FhirJson.ParseStored(json.Span).Resource
        ?? throw new InvalidOperationException("A stored resource can be read again.");
}
