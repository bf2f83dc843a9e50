using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// The business keys of orders, reports and results: the same thing sent again gets the same id. The filler's number says which report it
/// is
/// (OBR-3, ORC-3), else the placer's (OBR-2, ORC-2); a sender that gives neither is keyed by patient, test and time of collection, which is
/// all there is (documented in translate-hl7v2.md).
/// </summary>
internal static class OrderKeys
{
    /// <summary>The number of a report or a performed service.</summary>
    public static string Report(Segment orc, Segment obr, Draft draft)
    {
        string? number = Number(obr[3]) ?? Number(orc[3]);
        number = number is not null ? "F|" + number : (Number(obr[2]) ?? Number(orc[2])) is { } placer ? "P|" + placer : null;
        string test = Code(obr[4]);
        return number is not null
            ? $"{number}|{test}"
            : $"N|{draft.PatientKey}|{test}|{obr[7].Text ?? obr[22].Text ?? draft.Header.MessageTime}|{obr.Peek(1).Text}";
    }

    /// <summary>The number of an order: the placer's, because the placer speaks first.</summary>
    public static string? Order(Segment orc, Segment obr)
    {
        string? number = Number(orc[2]) ?? Number(obr[2]);
        return number is not null ? "P|" + number : (Number(orc[3]) ?? Number(obr[3])) is { } filler ? "F|" + filler : null;
    }

    /// <summary>The key of one test of an order: one placer number may stand over several tests, and each is an order of its own.</summary>
    public static string OrderOfTest(string order, string test) => $"{order}|{test}";

    /// <summary>EI: the number and who gave it (chapter 2A); null when absent.</summary>
    public static string? Number(Field field)
    {
        Repetition ei = field.First;
        string? authority = ei[2].Text ?? ei[3].Text;
        return ei[1].Text is not { } value ? null : authority is null ? value : $"{authority}|{value}";
    }

    /// <summary>A coded field as a part of a key: the code, else its words.</summary>
    public static string Code(Field field) => field[1].Text ?? field[2].Text ?? field[4].Text ?? field[5].Text ?? "";
}
