using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Canonbury.Access.SignIn;

/// <summary>
/// Stores and checks passwords: PBKDF2 with HMAC-SHA-256 and 600,000 rounds (OWASP Password Storage Cheat Sheet), in the form
/// <c>pbkdf2-sha256$ROUNDS$SALT$KEY</c>.
/// </summary>
internal static class PasswordHash
{
    public const int Rounds = 600_000;

    /// <summary>Longer input is refused before any work is done on it.</summary>
    public const int LongestPassword = 200;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltLength = 16;
    private const int KeyLength = 32;

    /// <summary>A hash that no password has: checking it takes as long, so that the time does not tell which accounts exist.</summary>
    public static readonly string OfNobody = Form(Rounds, new byte[SaltLength], new byte[KeyLength]);

    public static string Of(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        return Form(Rounds, salt, Derive(password, salt, Rounds));
    }

    public static bool Matches(string password, string stored)
    {
        if (password.Length > LongestPassword || stored.Split('$') is not [Scheme, string rounds, string salt, string key])
        {
            return false;
        }

        byte[] derived = Derive(password, Convert.FromBase64String(salt), int.Parse(rounds, CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(key));
    }

    // NFKC, so that one password typed on two keyboards is one password (NIST SP 800-63B section 3.1.1.2).
    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Normalised(password), salt, rounds, HashAlgorithmName.SHA256, KeyLength);

    private static byte[] Normalised(string password)
    {
        try
        {
            return Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC));
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair cannot be normalised; it is then a wrong password, not an error.
            return Encoding.UTF8.GetBytes(password);
        }
    }

    private static string Form(int rounds, byte[] salt, byte[] key) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(key)}");
}
