using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>Says as a security label that a record needs more care: PD1-12 (protection), PV1-16 (VIP), PV2-22 (visit protection).</summary>
internal static class Sensitivity
{
    private const string Confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    /// <summary>HL7 table 0136: Y restricts, N states that nothing does; anything else says nothing.</summary>
    public static Meta? OfIndicator(Field field) => field.Text?.ToUpperInvariant() switch
    {
        "Y" => Restricted(),
        "N" => Label("N", "normal"),
        _ => null,
    };

    /// <summary>
    /// HL7 table 0099 is local: every value but N and NRM (normal) marks a person of public interest, a colleague, a relative.
    /// </summary>
    public static Meta? OfVip(Field field) => field.Text?.ToUpperInvariant() switch
    {
        null => null,
        "N" or "NO" or "NRM" or "0" => Label("N", "normal"),
        _ => Restricted(),
    };

    private static Meta Restricted() => Label("R", "restricted");

    private static Meta Label(string code, string display) => new() { Security = [new Coding(Confidentiality, code, display)] };
}
