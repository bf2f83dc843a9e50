using System.Collections.Frozen;

namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>The segment names of every day, so that asking for a name allocates nothing.</summary>
internal static class SegmentNames
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Usual = new[]
    {
        "MSH", "EVN", "PID", "PD1", "NK1", "PV1", "PV2", "AL1", "DG1", "OBX", "OBR", "ORC", "NTE", "MRG", "ROL", "IN1", "IN2", "IN3", "PDA",
        "PR1", "DRG", "GT1", "ACC", "UB1", "UB2", "DB1", "SFT", "SPM", "TQ1", "TQ2", "TXA", "SCH", "RGS", "AIS", "AIG", "AIL", "AIP", "RXA",
        "RXR", "RXE", "RXO", "RXD", "RXC", "FT1", "MSA", "ERR", "IAM", "ARV", "PRT", "CTD", "CTI", "FHS", "BHS", "BTS", "FTS", "DSC", "PRB",
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<char> name) => Usual.TryGetValue(name, out string? known) ? known : name.ToString();
}
