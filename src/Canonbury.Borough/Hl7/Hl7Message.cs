using System.Buffers;
using System.Globalization;
using System.Text;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Hl7;

/// <summary>Writes one HL7 v2.4 message: segments by field number, data escaped by <see cref="Escape"/>, bytes in the system's character set.</summary>
internal sealed class Hl7Message
{
    private static readonly SearchValues<char> Special = SearchValues.Create("|^~\\&\r\n");

    private readonly StringBuilder text = new(1024);
    private readonly SourceSystem system;

    public Hl7Message(SourceSystem system, string type, string trigger, string structure, DateTime at, string controlId)
    {
        this.system = system;
        text.Append(@"MSH|^~\&|").Append(system.Application).Append('|').Append(system.Facility).Append("|CANONBURY|BOROUGH|");
        text.Append(Time(at)).Append("||").Append(type).Append('^').Append(trigger).Append('^').Append(structure).Append('|');
        text.Append(controlId).Append(system.EnhancedMode ? "|P|2.4|||AL|NE|GBR|" : "|P|2.4|||||GBR|").Append(system.CharacterSet).Append('\r');
    }

    /// <summary>One segment; fields in ascending order, already escaped; what is not named stays empty.</summary>
    public void Add(string segment, params ReadOnlySpan<(int Position, string? Value)> fields)
    {
        text.Append(segment);
        int at = 0;
        foreach ((int position, string? value) in fields)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append('|', position - at).Append(value);
                at = position;
            }
        }

        text.Append('\r');
    }

    public byte[] ToBytes() => system.CharacterSet switch
    {
        "UNICODE UTF-8" => Encoding.UTF8.GetBytes(text.ToString()),
        "8859/1" => Encoding.Latin1.GetBytes(Letters.FoldToLatin1(text.ToString())),
        _ => Encoding.ASCII.GetBytes(Letters.Fold(text.ToString())),
    };

    // HL7 v2.4 section 2.10: the separators travel as escape sequences, a line break as \.br\ (formatted text).
    public static string Escape(string? value)
    {
        if (string.IsNullOrEmpty(value) || !value.AsSpan().ContainsAny(Special))
        {
            return value ?? "";
        }

        StringBuilder escaped = new(value.Length + 16);
        foreach (char letter in value)
        {
            _ = letter switch
            {
                '|' => escaped.Append(@"\F\"),
                '^' => escaped.Append(@"\S\"),
                '~' => escaped.Append(@"\R\"),
                '\\' => escaped.Append(@"\E\"),
                '&' => escaped.Append(@"\T\"),
                '\n' => escaped.Append(@"\.br\"),
                '\r' => escaped,
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    public static string Time(DateTime at) => at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    public static string Date(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
