namespace Canonbury.Translate.FhirPush;

/// <summary>https://hl7.org/fhir/R4/bundle.html#bundle-unique</summary>
public static class FullUrl
{
    /// <summary>The id in a fullUrl: the UUID of <c>urn:uuid:…</c>, else the last part of a URL.</summary>
    public static string? IdOf(string? fullUrl) => fullUrl is null
        ? null
        : fullUrl[(fullUrl.LastIndexOfAny(['/', ':']) + 1)..] is { Length: > 0 } id ? id : null;
}
