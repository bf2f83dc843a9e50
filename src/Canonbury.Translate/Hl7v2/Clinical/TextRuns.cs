using System.Globalization;
using System.Text;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// Text reports come as many OBX, one for each line. Neighbours of type TX, FT or ST with the same OBX-3, and with the same OBX-4 or one
/// that
/// counts the lines, are one text (chapter 7: OBX-4 tells apart several OBX with one OBX-3; the same OBX-4 does not).
/// </summary>
internal static class TextRuns
{
    public static bool IsText(string type) => type is "TX" or "FT" or "ST";

    /// <summary>How many lines from <paramref name="start"/> on are one observation: 1 for everything but text.</summary>
    public static int Length(List<ResultLine> lines, int start)
    {
        Segment first = lines[start].Obx;
        string type = first.Peek(2).Text ?? "";
        if (!IsText(type))
        {
            return 1;
        }

        int end = start + 1;
        while (end < lines.Count && Continues(first, lines[end].Obx, type, end - start))
        {
            end++;
        }

        return end - start;
    }

    /// <summary>
    /// The lines with line breaks between them; null when all are empty. Empty lines between others are kept: they are paragraphs.
    /// </summary>
    public static string? Join(ReadOnlySpan<ResultLine> run)
    {
        StringBuilder text = new();
        foreach (ResultLine line in run)
        {
            Append(text, line.Obx);
        }

        string joined = text.ToString().Trim('\n', '\r', ' ');
        return joined.Length == 0 ? null : joined;
    }

    /// <summary>Each repetition of OBX-5 is a line as well (published map OBX[DocumentReference]).</summary>
    public static void Append(StringBuilder text, Segment obx)
    {
        Field value = obx[5];
        if (!value.IsValued)
        {
            text.Append('\n');
            return;
        }

        foreach (Repetition repetition in value)
        {
            text.Append(repetition.WholeText.TrimEnd()).Append('\n');
        }
    }

    private static bool Continues(Segment first, Segment next, string type, int count)
    {
        if (next.Peek(2).Text != type || OrderKeys.Code(next.Peek(3)) != OrderKeys.Code(first.Peek(3)))
        {
            return false;
        }

        // Two short answers to one question (ST) are two results, unless they say that they are one.
        string? subId = next.Peek(4).Text;
        string? firstSubId = first.Peek(4).Text;
        if (subId == firstSubId)
        {
            return type != "ST" || subId is not null;
        }

        return type != "ST" && firstSubId == "1" && subId == (count + 1).ToString(CultureInfo.InvariantCulture);
    }
}
