using System.Collections.Frozen;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>HL7 table 0002 (map MaritalStatus).</summary>
internal static class MaritalStatuses
{
    private const string Marital = "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus";

    private const string NullFlavor = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";

    private static readonly FrozenDictionary<string, (string System, string Code, string Display)> Rows =
        new Dictionary<string, (string, string, string)>
        {
            ["A"] = (Marital, "L", "Legally Separated"),
            ["D"] = (Marital, "D", "Divorced"),
            ["M"] = (Marital, "M", "Married"),
            ["S"] = (Marital, "S", "Never Married"),
            ["W"] = (Marital, "W", "Widowed"),
            ["C"] = (Marital, "C", "Common Law"),
            ["G"] = (Marital, "T", "Domestic partner"),
            ["P"] = (Marital, "T", "Domestic partner"),
            ["R"] = (Marital, "T", "Domestic partner"),
            ["E"] = (Marital, "L", "Legally Separated"),
            ["N"] = (Marital, "A", "Annulled"),
            ["I"] = (Marital, "I", "Interlocutory"),
            ["B"] = (Marital, "U", "unmarried"),
            ["U"] = (NullFlavor, "UNK", "unknown"),
            ["O"] = (NullFlavor, "OTH", "other"),
            ["T"] = (NullFlavor, "NAVU", "Not available"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The FHIR code first, the code as sent after it. P and N mean other things in the NHS Data Dictionary (separated, not disclosed),
    /// so they are only mapped where the sender names HL7's table.
    /// </summary>
    public static CodeableConcept? ToConcept(Field field, Draft draft)
    {
        bool namesTable = field[3].Text is { } system && system.EndsWith("0002", StringComparison.Ordinal);
        CodeableConcept? concept = Cwe.ToConcept(field, draft);
        if (field.Text is { } code && Rows.TryGetValue(code, out (string System, string Code, string Display) row)
            && (namesTable || code is not ("P" or "N")))
        {
            concept?.Coding.Insert(0, new Coding(row.System, row.Code, row.Display));
        }

        return concept;
    }
}
