using System.Globalization;
using System.Text;

namespace Canonbury.Translate.Hl7v2.Parsing;

/// <summary>The escape sequences of HL7 v2 (chapter 2, "Use of escape sequences in text fields").</summary>
public static class Escapes
{
    /// <summary>
    /// Replaces escape sequences by what they stand for. Formatting commands become line breaks or spaces, highlighting is dropped,
    /// <c>\X..\</c> is decoded in the message's character set; local (<c>\Z..\</c>), character-set and unknown sequences stay as sent.
    /// </summary>
    public static string Decode(ReadOnlySpan<char> raw, Delimiters delimiters, Encoding encoding)
    {
        int first = delimiters.Escape == '\0' ? -1 : raw.IndexOf(delimiters.Escape);
        if (first < 0)
        {
            return raw.ToString();
        }

        StringBuilder text = new(raw.Length);
        while (first >= 0)
        {
            text.Append(raw[..first]);
            raw = raw[first..];
            int length = raw[1..].IndexOf(delimiters.Escape);
            if (length < 0)
            {
                break;
            }

            ReadOnlySpan<char> sequence = raw.Slice(1, length);
            bool translated = Append(text, sequence, delimiters, encoding);
            bool whole = translated || IsKeptWhole(sequence);

            // An escape character that opens nothing we know is kept alone, and the next one may open a sequence of its own.
            int taken = whole ? length + 2 : length + 1;
            text.Append(translated ? [] : raw[..taken]);
            raw = raw[taken..];
            first = raw.IndexOf(delimiters.Escape);
        }

        return text.Append(raw).ToString();
    }

    /// <summary>Writes text so that it can stand in a component of a message with these delimiters.</summary>
    public static string Encode(string text, Delimiters delimiters)
    {
        StringBuilder escaped = new(text.Length + 8);
        foreach (char character in text)
        {
            string? code = character switch
            {
                _ when character == delimiters.Field => "F",
                _ when character == delimiters.Component => "S",
                _ when character == delimiters.Repetition && character != '\0' => "R",
                _ when character == delimiters.Escape && character != '\0' => "E",
                _ when character == delimiters.Subcomponent && character != '\0' => "T",
                '\r' => "X0D",
                '\n' => "X0A",
                _ => null,
            };
            if (code is null)
            {
                escaped.Append(character);
            }
            else if (delimiters.Escape == '\0')
            {
                escaped.Append(' ');
            }
            else
            {
                escaped.Append(delimiters.Escape).Append(code).Append(delimiters.Escape);
            }
        }

        return escaped.ToString();
    }

    private static bool Append(StringBuilder text, ReadOnlySpan<char> sequence, Delimiters delimiters, Encoding encoding)
    {
        switch (sequence)
        {
            case "F": text.Append(delimiters.Field); return true;
            case "S": text.Append(delimiters.Component); return true;
            case "R" when delimiters.Repetition != '\0': text.Append(delimiters.Repetition); return true;
            case "E": text.Append(delimiters.Escape); return true;
            case "T" when delimiters.Subcomponent != '\0': text.Append(delimiters.Subcomponent); return true;
            case "P" when delimiters.Truncation != '\0': text.Append(delimiters.Truncation); return true;
            case "H" or "N": return true;
        }

        if (sequence.Length > 2 && sequence[0] == '.')
        {
            return AppendFormatting(text, sequence[1..3], sequence[3..]);
        }

        return sequence.Length > 2 && sequence[0] == 'X' && AppendHexadecimal(text, sequence[1..], encoding);
    }

    private static bool AppendFormatting(StringBuilder text, ReadOnlySpan<char> command, ReadOnlySpan<char> argument)
    {
        int count = 1;
        if (!argument.IsEmpty
            && (!int.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out count) || Math.Abs(count) > 99))
        {
            return false;
        }

        switch (command)
        {
            case "br" when argument.IsEmpty: text.Append('\n'); return true;
            case "ce" when argument.IsEmpty: text.Append('\n'); return true;
            case "sp": text.Append('\n', Math.Max(count, 1)); return true;
            case "sk": text.Append(' ', Math.Max(count, 1)); return true;
            case "fi" or "nf" or "in" or "ti": return true;
            default: return false;
        }
    }

    private static bool AppendHexadecimal(StringBuilder text, ReadOnlySpan<char> digits, Encoding encoding)
    {
        if (digits.Length % 2 != 0)
        {
            return false;
        }

        byte[] bytes = new byte[digits.Length / 2];
        if (Convert.FromHexString(digits, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        string decoded = encoding.GetString(bytes);
        if (decoded.AsSpan().ContainsAny(MessageText.Forbidden))
        {
            return false;
        }

        text.Append(decoded);
        return true;
    }

    /// <summary>Sequences that mean something to others: local, of another character set, or of a form that we could not read.</summary>
    private static bool IsKeptWhole(ReadOnlySpan<char> sequence) =>
        !sequence.IsEmpty && sequence[0] is 'Z' or 'C' or 'M' or 'X' or '.' && !sequence.Contains(' ');
}
