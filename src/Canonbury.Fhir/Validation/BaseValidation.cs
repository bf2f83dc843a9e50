using System.Text;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation;

/// <summary>
/// The checks of base R4 on what comes in: syntax, known elements, cardinality, types, primitive values and required codes, each issue with
/// its element and line. Profiles and invariants are not part of it. https://hl7.org/fhir/R4/validation.html
/// </summary>
public static class BaseValidation
{
    public static Parsed Check(byte[] body, WireFormat format)
    {
        if (format == WireFormat.Xml)
        {
            return FhirXml.Parse(body);
        }

        Parsed parsed = FhirJson.Parse(body);
        Issue?[] more = [ControlCharacter(body) is { } line ? Control(line) : null, parsed is { IsValid: true, Resource: { } resource } ? RepeatedTypes.Find(body, resource.TypeName) : null];
        return parsed with { Issues = [.. parsed.Issues, .. more.OfType<Issue>()] };
    }

    private static Issue Control(long line) =>
        new("control-character", "A text holds a control character other than tab, line feed and carriage return, or U+FFFE or U+FFFF.", null, line,
            OperationOutcome.IssueType.Value);

    // R4 datatypes.html#string: no characters below U+0020 but tab, CR and LF. In JSON they can only stand as \u00XX or \b \f.
    // U+FFFE and U+FFFF are no characters either, and XML has no way to write them.
    private static long? ControlCharacter(ReadOnlySpan<byte> body)
    {
        int at = Math.Max(body.IndexOf("\uFFFE"u8), body.IndexOf("\uFFFF"u8));
        if (at >= 0)
        {
            return body[..at].Count((byte)'\n') + 1;
        }

        at = 0;
        while (body[at..].IndexOf((byte)'\\') is >= 0 and int next)
        {
            at += next;
            ReadOnlySpan<byte> escape = body[at..];
            if (escape.Length < 2)
            {
                return null;
            }

            if (escape[1] is (byte)'b' or (byte)'f' || (escape.Length >= 6 && IsControl(escape[1..6])))
            {
                return body[..at].Count((byte)'\n') + 1;
            }

            at += 2;
        }

        return null;
    }

    private static bool IsControl(ReadOnlySpan<byte> escape) =>
        (escape[..3].SequenceEqual("u00"u8) && (escape[3] == (byte)'1' || (escape[3] == (byte)'0' && !"9aAdD"u8.Contains(escape[4]))))
        || (Ascii.EqualsIgnoreCase(escape[..4], "ufff"u8) && "eEfF"u8.Contains(escape[4]));
}
