using System.Collections.Frozen;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2;

/// <summary>What an identifier is, by its type (CX-5, HL7 table 0203) and its authority (CX-4).</summary>
public static class IdentifierKinds
{
    /// <summary>The OID of the NHS number in England.</summary>
    public const string NhsNumberOid = "2.16.840.1.113883.2.1.4.1";

    // HL7 UK A.2 says authority NHS and type NH; the others are what hospital systems send.
    private static readonly FrozenSet<string> NhsTypes =
        new[] { "NH", "NHS", "NHSN", "NHSNMBR", "NHSNBR", "NHSNO", "NHSNUMBER", "NHS NUMBER", "NNGBR" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NhsAuthorities =
        new[] { "NHS", "NHSNBR", "NHSNMBR", "NHSNO", "NHSNUMBER", "NHS NUMBER", NhsNumberOid, "https://fhir.nhs.uk/Id/nhs-number" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> RecordNumbers =
        new[] { "MR", "PI", "MRN", "PID", "PT", "HOSP", "PAS", "LR", "MRT" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Passing =
        new[] { "AN", "VN", "DL", "SS", "SB", "PPN", "MC", "MA", "MI", "HC", "WC", "BC", "CY", "TAX", "EN" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an identifier is meant to be an NHS number, valid or not.</summary>
    public static bool IsNhsNumber(Repetition cx)
    {
        if (cx[5].Text is { } type && NhsTypes.Contains(type))
        {
            return true;
        }

        return (cx[4].Sub(1) is { } authority && NhsAuthorities.Contains(authority))
            || (cx[4].Sub(2) is { } oid && NhsAuthorities.Contains(oid));
    }

    public static bool IsRecordNumber(string type) => RecordNumbers.Contains(type);

    /// <summary>An account, a visit, a document of another authority: nothing that a source keys its patients by.</summary>
    public static bool IsPassing(string type) => Passing.Contains(type);
}
