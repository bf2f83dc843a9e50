using System.Globalization;

namespace Canonbury.Borough.People;

/// <summary>
/// Deals NHS numbers from the 999 range, which the NHS never issues: each valid one once, in a shuffled order. About 909,000 exist;
/// after the last one people have none.
/// </summary>
public sealed class NhsNumbers(ulong seed)
{
    private const int Bodies = 1_000_000;

    // Coprime with 1,000,000 (odd and not a multiple of 5), so that the walk meets every body exactly once.
    private const long Step = 387_420_489;

    private readonly long start = new Dice(seed, 7, 0).Below(Bodies);
    private int walked;

    public string? Next()
    {
        while (walked < Bodies)
        {
            int body = (int)((start + (Step * walked++)) % Bodies);
            string digits = "999" + body.ToString("D6", CultureInfo.InvariantCulture);
            int check = CheckDigit(digits);
            if (check < 10)
            {
                return digits + (char)('0' + check);
            }
        }

        return null;
    }

    /// <summary>NHS data dictionary, NHS NUMBER: modulus 11 with weights 10 to 2; 10 means that the number is not used.</summary>
    public static int CheckDigit(string nineDigits)
    {
        int sum = 0;
        for (int position = 0; position < 9; position++)
        {
            sum += (nineDigits[position] - '0') * (10 - position);
        }

        int check = 11 - (sum % 11);
        return check == 11 ? 0 : check;
    }
}
