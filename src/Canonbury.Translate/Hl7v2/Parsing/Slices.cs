namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>Finds the n-th part of a slice, without allocation.</summary>
internal static class Slices
{
    /// <returns>Start and end (exclusive) of the part; an empty slice where there is none.</returns>
    public static (int Start, int End) Find(string text, int start, int end, char separator, int number)
    {
        if (separator == '\0')
        {
            return number == 1 ? (start, end) : (end, end);
        }

        for (int part = 1; ; part++)
        {
            int length = text.AsSpan(start, end - start).IndexOf(separator);
            int close = length < 0 ? end : start + length;
            if (part == number)
            {
                return (start, close);
            }

            if (length < 0)
            {
                return (end, end);
            }

            start = close + 1;
        }
    }
}
