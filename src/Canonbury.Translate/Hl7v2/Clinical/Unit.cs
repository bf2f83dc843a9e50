using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>A unit as it stands in a quantity.</summary>
/// <param name="Text">As sent.</param>
/// <param name="System">UCUM, or the system that the sender named; null where the unit is not known.</param>
/// <param name="Code">The code in that system.</param>
internal sealed record Unit(string Text, string? System, string? Code)
{
    /// <summary>Reads OBX-6 and other units in CE or CWE; null when absent.</summary>
    public static Unit? Read(Field field, Draft draft)
    {
        Repetition unit = field.First;
        string? code = unit[1].WholeText;
        string? text = unit[2].Text;
        if (code is "10" or "x10" or "X10" && text is not null)
        {
            // A power of ten whose ^ the sender did not escape: 10^9/L arrives as two components.
            return Of($"{code}^{text}", null, null, field.Path, draft);
        }

        return code is null && text is null ? null : Of(code ?? text!, text, unit[3].Text, field.Path, draft);
    }

    public static Unit Of(string code, string? text, string? system, string path, Draft draft)
    {
        string? uri = CodingSystems.Of(draft.Context.Source, system);
        string? ucum = uri == Units.System ? Units.FromUcum(code) : Units.ToUcum(code) ?? (text is null ? null : Units.ToUcum(text));
        if (ucum is not null)
        {
            return new Unit(text ?? code, Units.System, ucum);
        }

        draft.Report(path, "unit-unknown", "The unit has no known UCUM code; it is shown as sent.");
        bool isLocal = uri is null || code.Contains(' ', StringComparison.Ordinal);
        return new Unit(text ?? code, isLocal ? null : uri, isLocal ? null : code);
    }
}
