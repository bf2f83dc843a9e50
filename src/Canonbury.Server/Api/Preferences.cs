namespace Canonbury.Server.Api;

/// <summary>The Prefer header (RFC 7240). https://hl7.org/fhir/R4/search.html#errors</summary>
internal static class Preferences
{
    /// <summary>Whether what is not understood shall refuse a search instead of being passed over.</summary>
    public static bool IsStrict(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(header => (header ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
        .Contains("handling=strict", StringComparer.OrdinalIgnoreCase);
}
