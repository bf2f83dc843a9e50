using System.Collections.Frozen;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Identifiers;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Turns an assigning authority (HD) into an identifier system; what nobody registered stays the source's own.</summary>
public static class SourceSystems
{
    public const string OdsCode = "https://fhir.nhs.uk/Id/ods-organization-code";

    // UK Core, "Identifier systems": the registers whose numbers HL7 v2 senders name by these words.
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["NHS"] = NhsNumber.System,
        [IdentifierKinds.NhsNumberOid] = NhsNumber.System,
        ["CHI"] = "https://fhir.hl7.org.uk/Id/chi-number",
        ["2.16.840.1.113883.2.1.3.2.4.16.53"] = "https://fhir.hl7.org.uk/Id/chi-number",
        ["HCN"] = "https://fhir.hl7.org.uk/Id/hsc-ni-number",
        ["GMC"] = "https://fhir.hl7.org.uk/Id/gmc-number",
        ["GMP"] = "https://fhir.hl7.org.uk/Id/gmp-number",
        ["NMC"] = "https://fhir.hl7.org.uk/Id/nmc-number",
        ["GPHC"] = "https://fhir.hl7.org.uk/Id/gphc-number",
        ["SDS"] = "https://fhir.nhs.uk/Id/sds-user-id",
        ["ODS"] = OdsCode,
        ["NACS"] = OdsCode,
        ["2.16.840.1.113883.2.1.3.2.4.18.48"] = OdsCode,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The system of an authority written as HD in a component (CX-4, XCN-9): namespace, universal id and its type.</summary>
    /// <param name="authority">The component.</param>
    /// <param name="source">Whose message it is.</param>
    /// <param name="otherwise">What the numbers are called where no authority is given, such as <c>MR</c> or <c>visit</c>.</param>
    public static string Of(Component authority, SourceId source, string otherwise) =>
        Of(authority.Sub(1), authority.Sub(2), authority.Sub(3), source, otherwise);

    /// <summary>The same for the three parts of a field of type HD or EI.</summary>
    public static string Of(string? space, string? universalId, string? type, SourceId source, string otherwise)
    {
        if ((universalId is not null && Known.TryGetValue(universalId, out string? known))
            || (space is not null && Known.TryGetValue(space, out known)))
        {
            return known;
        }

        return type?.ToUpperInvariant() switch
        {
            "ISO" when IsOid(universalId) => $"urn:oid:{universalId}",
            "UUID" or "GUID" when Guid.TryParse(universalId, out Guid uuid) => $"urn:uuid:{uuid:D}",
            "URI" when Uri.TryCreate(universalId, UriKind.Absolute, out Uri? uri) =>
                uri.OriginalString.Replace(" ", "%20", StringComparison.Ordinal),
            _ => Local(source, space ?? universalId ?? otherwise),
        };
    }

    /// <summary>A system that only this source uses.</summary>
    public static string Local(SourceId source, string name) => $"urn:canonbury:{source.Value}:ids:{Uri.EscapeDataString(name)}";

    private static bool IsOid(string? text) =>
        text is { Length: > 2 } && text[0] is '0' or '1' or '2' && text[1] == '.' && text[^1] != '.'
            && !text.Contains("..", StringComparison.Ordinal)
        && text.All(character => char.IsAsciiDigit(character) || character == '.');
}
