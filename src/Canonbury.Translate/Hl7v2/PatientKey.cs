using Canonbury.Fhir.Identifiers;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2;

/// <summary>
/// The id that the source itself uses for the patient: what its bucket, its FHIR id and the order of its messages come from.
/// </summary>
/// <remarks>
/// In this order: an identifier of PID-3 that is local (not an NHS number) and of type MR, PI or MRN; any other local identifier of PID-3
/// that is not of a passing kind (account, visit, driving licence); PID-2 where it is local; an NHS number of PID-3 or PID-2. With an
/// assigning authority the key is <c>authority|value</c>, so that two hospitals behind one feed do not meet.
/// </remarks>
public static class PatientKey
{
    /// <summary>
    /// The key of the patient that a message is about, or null for a message about nobody (no PID, or a PID without identifier).
    /// </summary>
    public static string? Find(Hl7Message message) => message.TryFirst("PID", out Segment pid) ? OfPid(pid) : null;

    /// <summary>The key of the patient that was merged away: MRG-1, and MRG-4 where old senders use that.</summary>
    public static string? FindMerged(Hl7Message message) => message.TryFirst("MRG", out Segment mrg) ? OfMrg(mrg) : null;

    public static string? OfPid(Segment pid) =>
        Best(pid.Peek(3)) ?? Best(pid.Peek(2)) ?? NhsNumberOf(pid.Peek(3)) ?? NhsNumberOf(pid.Peek(2));

    public static string? OfMrg(Segment mrg) =>
        Best(mrg.Peek(1)) ?? Best(mrg.Peek(4)) ?? NhsNumberOf(mrg.Peek(1)) ?? NhsNumberOf(mrg.Peek(4));

    /// <summary><c>authority|value</c>, or the value alone where no authority is given; null for a CX without a value.</summary>
    public static string? OfCx(Repetition cx)
    {
        string? value = cx[1].Text;
        if (value is null)
        {
            return null;
        }

        string? authority = cx[4].Sub(1) ?? cx[4].Sub(2);
        return authority is null ? value : $"{authority}|{value}";
    }

    private static string? Best(Field field)
    {
        string? other = null;
        foreach (Repetition cx in field)
        {
            if (IdentifierKinds.IsNhsNumber(cx) || cx[1].Text is null)
            {
                continue;
            }

            string type = cx[5].Text ?? string.Empty;
            if (IdentifierKinds.IsRecordNumber(type))
            {
                return OfCx(cx);
            }

            other ??= IdentifierKinds.IsPassing(type) ? null : OfCx(cx);
        }

        return other;
    }

    private static string? NhsNumberOf(Field field)
    {
        foreach (Repetition cx in field)
        {
            if (IdentifierKinds.IsNhsNumber(cx) && cx[1].Text is { } text)
            {
                return "NHS|" + (NhsNumber.TryParse(text, out NhsNumber number) ? number.Digits : text);
            }
        }

        return null;
    }
}
