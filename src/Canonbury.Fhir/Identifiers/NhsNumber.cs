using System.Diagnostics.CodeAnalysis;

namespace Canonbury.Fhir.Identifiers;

/// <summary>
/// A ten-digit NHS number whose check digit is right (NHS Data Dictionary, "NHS NUMBER": modulus 11). What cannot be one is never held here.
/// </summary>
public readonly record struct NhsNumber
{
    /// <summary>The FHIR identifier system of an NHS number.</summary>
    public const string System = "https://fhir.nhs.uk/Id/nhs-number";

    /// <summary>UK Core's extension of the identifier that says whether the number was traced.</summary>
    public const string StatusExtension = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus";

    private const int Length = 10;

    private readonly string? digits;

    private NhsNumber(string digits) => this.digits = digits;

    /// <summary>The ten digits without spaces; empty for the default value, which no parse returns.</summary>
    public string Digits => digits ?? string.Empty;

    /// <summary>Three, three and four digits, as the NHS writes it for people: <c>999 000 0018</c>.</summary>
    public string Format334 => Digits.Length == Length ? $"{Digits[..3]} {Digits[3..6]} {Digits[6..]}" : string.Empty;

    /// <summary>Reads an NHS number; spaces and dashes between its digits are tolerated. False when it is not ten digits or fails its check.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NhsNumber number) => TryParse(text.AsSpan(), out number);

    /// <inheritdoc cref="TryParse(string?, out NhsNumber)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out NhsNumber number)
    {
        Span<char> found = stackalloc char[Length];
        number = default;
        if (!Collect(text, found) || !Checked(found))
        {
            return false;
        }

        number = new NhsNumber(new string(found));
        return true;
    }

    /// <summary>True for ten digits with spaces and dashes at most, whatever the check digit: something meant to be an NHS number.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<char> text)
    {
        Span<char> found = stackalloc char[Length];
        return Collect(text, found);
    }

    /// <summary>
    /// Whether ten digits pass modulus 11: the first nine weighted 10 to 2, eleven minus the remainder is the tenth, 11 counts as 0 and
    /// 10 is never issued. All noughts is nobody's number.
    /// </summary>
    public static bool Checked(ReadOnlySpan<char> tenDigits)
    {
        if (tenDigits.Length != Length || tenDigits.ContainsAnyExceptInRange('0', '9') || !tenDigits.ContainsAnyExcept('0'))
        {
            return false;
        }

        int sum = 0;
        for (int i = 0; i < Length - 1; i++)
        {
            sum += (tenDigits[i] - '0') * (Length - i);
        }

        int check = (11 - (sum % 11)) % 11;
        return check == tenDigits[^1] - '0';
    }

    /// <summary>The ten digits.</summary>
    public override string ToString() => Digits;

    private static bool Collect(ReadOnlySpan<char> text, Span<char> found)
    {
        int count = 0;
        foreach (char character in text)
        {
            if (char.IsAsciiDigit(character))
            {
                if (count == Length)
                {
                    return false;
                }

                found[count++] = character;
            }
            else if (character is not (' ' or '-' or '\u00A0' or '\u2010' or '\u2011' or '\u2013'))
            {
                return false;
            }
        }

        return count == Length;
    }
}
