using System.Security.Cryptography;
using System.Text;
using Canonbury.Fhir.Ids;

namespace Canonbury.Intake.Inbox;

/// <summary>The code that a sender which nobody has registered gets: made from MSH-3 and MSH-4, the same on every process.</summary>
public static class SourceCode
{
    private const int MaxLength = 50;

    /// <param name="application">MSH-3 as sent.</param>
    /// <param name="facility">MSH-4 as sent.</param>
    public static SourceId Of(string application, string facility)
    {
        string sent = $"{application} {facility}".Trim();
        if (sent.Length == 0)
        {
            return new SourceId("unnamed-sender");
        }

        StringBuilder code = new();
        bool isExact = true;
        foreach (char letter in sent.ToLowerInvariant())
        {
            bool isPlain = char.IsAsciiLetterOrDigit(letter);
            isExact &= isPlain || letter is ' ' or '_' or '-';
            if (isPlain)
            {
                code.Append(letter);
            }
            else if (code.Length > 0 && code[^1] != '-')
            {
                code.Append('-');
            }
        }

        string plain = code.ToString().Trim('-');
        if (isExact && plain.Length is > 0 and <= MaxLength)
        {
            return new SourceId(plain);
        }

        // Two senders whose names differ in signs only must not become one.
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{application}\n{facility}")).AsSpan(0, 4));
        plain = plain.Length > MaxLength ? plain[..MaxLength].TrimEnd('-') : plain;
        return new SourceId(plain.Length == 0 ? $"sender-{digest}" : $"{plain}-{digest}");
    }
}
