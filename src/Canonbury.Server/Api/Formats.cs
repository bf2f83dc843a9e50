using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Microsoft.Net.Http.Headers;

namespace Canonbury.Server.Api;

/// <summary>Content negotiation. https://hl7.org/fhir/R4/http.html#mime-type</summary>
internal static class Formats
{
    public const string Json = "application/fhir+json; charset=utf-8";
    public const string Xml = "application/fhir+xml; charset=utf-8";

    /// <summary>Why the answer cannot be given in any form that the client accepts; null where it can.</summary>
    public static Problem? Refusal(HttpRequest request) => Accepted(request) is null && !HasOwnForm(request)
        ? new Problem(ProblemKind.NotAcceptable, "format-not-supported",
            "Answers are application/fhir+json or application/fhir+xml, of FHIR 4.0.")
        : null;

    // A file of an export has one form only, whatever a client accepts.
    private static bool HasOwnForm(HttpRequest request) => request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<OwnFormAttribute>() is not null;

    /// <summary>Whether the answer is laid out for people. https://hl7.org/fhir/R4/http.html#pretty</summary>
    public static bool IsPretty(HttpRequest request) => RequestParameters.Value(request, "_pretty") == "true";

    public static Problem? PrettyRefusal(HttpRequest request) => RequestParameters.Value(request, "_pretty") is null or "true" or "false"
        ? null
        : new Problem(ProblemKind.Invalid, "parameter-invalid", "_pretty is true or false.", "http._pretty");

    /// <summary>The form to answer in: <c>_format</c> before Accept; JSON where anything will do.</summary>
    public static WireFormat? Accepted(HttpRequest request)
    {
        if (RequestParameters.Value(request, "_format") is { } named)
        {
            // A plus sign that was not encoded arrives as a space.
            string spelled = named.Trim().Replace(' ', '+');
            return MediaTypeHeaderValue.TryParse(spelled, out MediaTypeHeaderValue? type) ? VersionIsOurs(type) ? Named(type.MediaType.Value) : null : Named(spelled);
        }

        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0 ? WireFormat.Json : accepted
            .Where(a => (a.Quality ?? 1) > 0 && VersionIsOurs(a))
            .OrderByDescending(a => a.Quality ?? 1)
            .Select(a => Named(a.MediaType.Value))
            .FirstOrDefault(f => f is not null);
    }

    /// <summary>The form of the body that was sent; null where it is neither or not UTF-8.</summary>
    public static WireFormat? Sent(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && VersionIsOurs(type)
        && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && type.MediaType != "*/*"
            ? Named(type.MediaType.Value)
            : null;

    private static WireFormat? Named(string? name) => name?.ToLowerInvariant() switch
    {
        "application/fhir+json" or "application/json" or "text/json" or "json" or "*/*" or "application/*" => WireFormat.Json,
        "application/fhir+xml" or "application/xml" or "text/xml" or "xml" => WireFormat.Xml,
        _ => null,
    };

    // https://hl7.org/fhir/R4/http.html#version-parameter
    private static bool VersionIsOurs(MediaTypeHeaderValue type) =>
        type.Parameters.FirstOrDefault(p => p.Name.Equals("fhirVersion", StringComparison.OrdinalIgnoreCase)) is not { Value.Value: { } version }
        || version.Trim('"') is "4.0" or "4.0.1";
}

/// <summary>Marks an endpoint whose answer is in no form of FHIR resources.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OwnFormAttribute : Attribute;
