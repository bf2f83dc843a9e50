namespace Canonbury.Server.Api;

/// <summary>The Prefer header (RFC 7240). https://hl7.org/fhir/R4/search.html#errors, https://hl7.org/fhir/R4/http.html#ops</summary>
internal static class Preferences
{
    /// <summary>Whether what is not understood shall refuse a search instead of being passed over.</summary>
    public static bool IsStrict(HttpRequest request) => Has(request, "handling=strict");

    /// <summary>Whether a preference stands among those that were sent.</summary>
    public static bool Has(HttpRequest request, string preference) => All(request).Contains(preference, StringComparer.OrdinalIgnoreCase);

    /// <summary>Where nothing is preferred: the representation, but in a bundle as little as possible.</summary>
    public static Preference Of(FhirCall call) => All(call.Context.Request)
        .Select(preference => preference switch
        {
            "return=minimal" => Preference.Minimal,
            "return=representation" => Preference.Representation,
            "return=OperationOutcome" => (Preference?)Preference.OperationOutcome,
            _ => null,
        })
        .FirstOrDefault(preference => preference is not null) ?? (call.Entry is null ? Preference.Representation : Preference.Minimal);

    // RFC 7240 section 2: a preference may be quoted, and stand with spaces.
    private static IEnumerable<string> All(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(header => (header ?? "").Split([',', ';']))
        .Select(preference => preference.Replace(" ", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal));
}
