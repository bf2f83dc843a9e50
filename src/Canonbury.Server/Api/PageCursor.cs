using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Canonbury.Server.Api;

/// <summary>
/// Where a page ends, in a link that its client can neither read nor change, and that no other caller can use. Every process reads it, since the
/// keys are in the database. https://hl7.org/fhir/R4/http.html#paging
/// </summary>
public sealed class PageCursor(IDataProtectionProvider protection)
{
    private const string Purpose = "Canonbury.Api.PageCursor";

    /// <param name="caller">The account of who asks.</param>
    public string Protect(string caller, byte[] place) => WebEncoders.Base64UrlEncode(Of(caller).Protect(place));

    /// <summary>Null for what was not made by <see cref="Protect"/> for the same caller.</summary>
    public byte[]? Unprotect(string caller, string text)
    {
        try
        {
            return Of(caller).Unprotect(WebEncoders.Base64UrlDecode(text));
        }
        catch (Exception foreign) when (foreign is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Of(string caller) => protection.CreateProtector(Purpose, caller);
}
