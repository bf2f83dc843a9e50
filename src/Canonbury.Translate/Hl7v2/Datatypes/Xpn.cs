using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Names of people (maps XPN[HumanName] and FN[HumanName]).</summary>
public static class Xpn
{
    /// <summary>Null when no part of a name is there (a name type alone says nothing).</summary>
    /// <param name="defaultUse">For a name without type (XPN-7): the standard says that the first is the legal name.</param>
    public static HumanName? ToHumanName(Repetition xpn, Draft draft, HumanName.NameUse? defaultUse = null)
    {
        HumanName name = new() { Family = xpn[1].Text };
        Add(name.GivenElement, xpn[2].Text);
        Add(name.GivenElement, xpn[3].Text);
        Add(name.SuffixElement, xpn[4].Text);
        Add(name.PrefixElement, xpn[5].Text);
        Add(name.SuffixElement, xpn[6].Text);
        Add(name.SuffixElement, xpn[14].Text);
        if (name.Family is null && name.GivenElement.Count == 0)
        {
            if (name.PrefixElement.Count == 0 && name.SuffixElement.Count == 0)
            {
                return null;
            }

            name.Text = string.Join(' ', name.PrefixElement.Concat(name.SuffixElement).Select(part => part.Value));
        }

        name.Use = UseOf(xpn[7].Text) ?? defaultUse;
        name.Period = Periods.Of(Moment.Read(xpn[12], draft), Moment.Read(xpn[13], draft)) ?? Periods.OfRange(xpn[10], draft);
        return name;
    }

    /// <summary>The name in one line, prefix first, for displays; null when there is none.</summary>
    public static string? ToText(Repetition xpn) =>
        Joined(xpn[5].Text, xpn[2].Text, xpn[3].Text, xpn[1].Text, xpn[4].Text);

    internal static string? Joined(params ReadOnlySpan<string?> parts)
    {
        string joined = "";
        foreach (string? part in parts)
        {
            joined = part is null ? joined : joined.Length == 0 ? part : $"{joined} {part}";
        }

        return joined.Length == 0 ? null : joined;
    }

    /// <summary>HL7 table 0200 (map NameType), and CURRENT as some systems write it.</summary>
    private static HumanName.NameUse? UseOf(string? type) => type?.ToUpperInvariant() switch
    {
        "L" or "C" or "OR" or "CURRENT" => HumanName.NameUse.Official,
        "D" or "P" => HumanName.NameUse.Usual,
        "M" => HumanName.NameUse.Maiden,
        "N" => HumanName.NameUse.Nickname,
        "S" => HumanName.NameUse.Anonymous,
        "T" or "TEMP" => HumanName.NameUse.Temp,
        "F" or "BAD" or "NOUSE" or "PREVIOUS" => HumanName.NameUse.Old,
        _ => null,
    };

    private static void Add(List<FhirString> parts, string? part)
    {
        if (part is not null)
        {
            parts.Add(new FhirString(part));
        }
    }
}
