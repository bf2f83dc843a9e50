using System.Collections.Frozen;

namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>Fields that number, route or frame a message and say nothing about a person: never counted as unmapped.</summary>
internal static class StructuralFields
{
    /// <summary>Segments whose first field is a set id (a number that counts repeats of the segment).</summary>
    private static readonly FrozenSet<string> WithSetId = new[]
    {
        "PID", "NK1", "PV1", "AL1", "DG1", "OBX", "OBR", "NTE", "IN1", "GT1", "PR1", "FT1", "TXA", "SPM", "TQ1", "TQ2", "AIS", "AIG", "AIL",
        "AIP", "RGS", "ARV", "IAM", "ROL", "PRT", "DRG", "SID", "DSP",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> WithoutContent =
        new[] { "FHS", "BHS", "BTS", "FTS", "SFT", "DSC", "ADD", "MSA", "ERR", "UAC" }.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string segment, int number) =>
        (number == 1 && WithSetId.Contains(segment))
        || WithoutContent.Contains(segment)
        || (segment == "MSH" && number is not (8 or 19))
        || (segment == "EVN" && number is 1 or 2 or 6);
}
