using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Canonbury.Access.SignIn;

/// <summary>
/// A random secret of 256 bits that a caller carries (session cookie, bearer token). Only its SHA-256 is stored; a random secret of
/// this length needs no slow hash.
/// </summary>
internal static class Secret
{
    private const int Length = 32;

    /// <summary>In base64url: 43 characters.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));

    /// <summary>What is stored; null where the text is not a secret at all.</summary>
    public static byte[]? HashOf(string secret)
    {
        Span<byte> bytes = stackalloc byte[Length];
        OperationStatus status = Base64Url.DecodeFromChars(secret, bytes, out int read, out int written);
        return status == OperationStatus.Done && read == secret.Length && written == Length ? SHA256.HashData(bytes) : null;
    }
}
