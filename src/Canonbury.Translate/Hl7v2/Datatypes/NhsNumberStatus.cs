using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>
/// The verification status of an NHS number (NHS Data Dictionary, "NHS NUMBER STATUS INDICATOR CODE"), which UK senders put in PID-32.
/// It is stated only where the source states it.
/// </summary>
public static class NhsNumberStatus
{
    public const string Url = Fhir.Identifiers.NhsNumber.StatusExtension;

    public const string System = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland";

    private static readonly string[] Displays =
    [
        "Number present and verified",
        "Number present but not traced",
        "Trace required",
        "Trace attempted - No match or multiple match found",
        "Trace needs to be resolved - (NHS number or patient detail conflict)",
        "Trace in progress",
        "Number not present and trace not required",
        "Trace postponed (baby under six weeks old)",
    ];

    /// <summary>The UK Core extension for a code from 01 to 08 (a single digit is tolerated); null for anything else.</summary>
    public static Extension? Of(string? code)
    {
        ReadOnlySpan<char> digits = code.AsSpan().TrimStart('0');
        if (code is not { Length: 1 or 2 } || digits.Length != 1 || digits[0] is < '1' or > '8')
        {
            return null;
        }

        return new Extension(Url, new CodeableConcept(System, $"0{digits[0]}", Displays[digits[0] - '1'], null));
    }
}
