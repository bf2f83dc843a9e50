using System.Collections.Frozen;

namespace Canonbury.Translate.Codes;

/// <summary>HL7 table 0078 (OBX-8, abnormal flags) as <c>Observation.interpretation</c>; the code is the same, the system is v3.</summary>
public static class Interpretations
{
    public const string System = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    // The published map InterpretationCodes; codes that v3 has made inactive are left out. HI and LO are the NHS pathology report's words
    // for H and L.
    private static readonly FrozenDictionary<string, (string Code, string Display)> Rows = new Dictionary<string, (string, string)>
    {
        ["<"] = ("<", "Off scale low"),
        [">"] = (">", "Off scale high"),
        ["A"] = ("A", "Abnormal"),
        ["AA"] = ("AA", "Critical abnormal"),
        ["B"] = ("B", "Better"),
        ["CAR"] = ("CAR", "Carrier"),
        ["D"] = ("D", "Significant change down"),
        ["DET"] = ("DET", "Detected"),
        ["E"] = ("E", "Equivocal"),
        ["EX"] = ("EX", "outside threshold"),
        ["EXP"] = ("EXP", "Expected"),
        ["H"] = ("H", "High"),
        ["HI"] = ("H", "High"),
        ["HH"] = ("HH", "Critical high"),
        ["HU"] = ("HU", "Significantly high"),
        ["I"] = ("I", "Intermediate"),
        ["IE"] = ("IE", "Insufficient evidence"),
        ["IND"] = ("IND", "Indeterminate"),
        ["L"] = ("L", "Low"),
        ["LO"] = ("L", "Low"),
        ["LL"] = ("LL", "Critical low"),
        ["LU"] = ("LU", "Significantly low"),
        ["N"] = ("N", "Normal"),
        ["NCL"] = ("NCL", "No CLSI defined breakpoint"),
        ["ND"] = ("ND", "Not detected"),
        ["NEG"] = ("NEG", "Negative"),
        ["NR"] = ("NR", "Non-reactive"),
        ["NS"] = ("NS", "Non-susceptible"),
        ["POS"] = ("POS", "Positive"),
        ["R"] = ("R", "Resistant"),
        ["RR"] = ("RR", "Reactive"),
        ["S"] = ("S", "Susceptible"),
        ["SDD"] = ("SDD", "Susceptible-dose dependent"),
        ["SYN-R"] = ("SYN-R", "Synergy - resistant"),
        ["SYN-S"] = ("SYN-S", "Synergy - susceptible"),
        ["U"] = ("U", "Significant change up"),
        ["UNE"] = ("UNE", "Unexpected"),
        ["W"] = ("W", "Worse"),
        ["WR"] = ("WR", "Weakly reactive"),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The v3 code and its display, or null where the flag is not in the table.</summary>
    public static (string Code, string Display)? Of(string flag) => Rows.TryGetValue(flag, out (string, string) row) ? row : null;
}
