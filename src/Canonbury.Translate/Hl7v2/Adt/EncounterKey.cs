using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>
/// The business key of a visit. In this order: the visit number (PV1-19), the alternate visit id (PV1-50), the account number (PID-18),
/// the patient with the admission time (PV1-44). A message with none of these names no visit.
/// </summary>
/// <remarks>A number of fewer than five characters counts the visits of one patient, so the patient becomes a part of the key.</remarks>
public static class EncounterKey
{
    public static string? Find(Draft draft)
    {
        Segment pv1 = draft.Message.First("PV1");
        return !pv1.Exists || pv1.Peek(2).Text is "N"
            ? null
            : Numbered(pv1.Peek(19), "VN", draft) ?? Numbered(pv1.Peek(50), "VN", draft)
                ?? Numbered(draft.Message.First("PID").Peek(18), "AN", draft) ?? Timed(pv1, draft);
    }

    /// <summary>The key of a visit from its number in a CX, also of another segment (MRG-5).</summary>
    public static string? Numbered(Field field, string kind, Draft draft)
    {
        if (PatientKey.OfCx(field.First) is not { } number || field.Text is not { } value)
        {
            return null;
        }

        return value.Length < 5 && draft.PatientKey is not null ? $"{kind}|{draft.PatientKey}|{number}" : $"{kind}|{number}";
    }

    private static string? Timed(Segment pv1, Draft draft) =>
        pv1.Peek(44).Text is { Length: >= 8 } admitted && draft.PatientKey is not null ? $"{draft.PatientKey}|{admitted}" : null;
}
