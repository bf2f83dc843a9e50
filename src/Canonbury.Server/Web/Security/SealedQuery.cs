using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Canonbury.Server.Web.Security;

/// <summary>
/// Keeps what someone typed (a name, an NHS number, a clinical word) out of addresses, and so out of histories and logs:
/// the form posts, and the page that follows has it encrypted, for the same account and for a few hours only.
/// </summary>
public sealed class SealedQuery(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(4);

    /// <param name="purpose">Which form it is; another form cannot open it.</param>
    /// <param name="account">Who typed it; nobody else can open it.</param>
    public string Seal<T>(string purpose, string account, T value) =>
        Protector(purpose, account).Protect(JsonSerializer.Serialize(value), Lifetime);

    /// <summary>What was sealed; null where there is nothing, or it is not this account's, or it is too old.</summary>
    public T? Open<T>(string purpose, string account, string? sealedText)
        where T : class
    {
        if (string.IsNullOrEmpty(sealedText))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(Protector(purpose, account).Unprotect(sealedText));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector(string purpose, string account) =>
        protection.CreateProtector("Canonbury.Pages", purpose, account).ToTimeLimitedDataProtector();
}
