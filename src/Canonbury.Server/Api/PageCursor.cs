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
    /// <param name="of">What is paged, such as the path of a history: a place in one thing is none in another.</param>
    public string Protect(string caller, string of, byte[] place) => WebEncoders.Base64UrlEncode(Of(caller, of).Protect(place));

    /// <summary>Null for what was not made by <see cref="Protect"/> for the same caller and thing.</summary>
    public byte[]? Unprotect(string caller, string of, string text)
    {
        try
        {
            return Of(caller, of).Unprotect(WebEncoders.Base64UrlDecode(text));
        }
        catch (Exception foreign) when (foreign is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Of(string caller, string of) => protection.CreateProtector(Purpose, caller, of);
}
