using Canonbury.Server.Api;
using Microsoft.AspNetCore.DataProtection;
using Xunit;

namespace Canonbury.Server.Tests.Api;

/// <summary>The place in a link to the next page belongs to its caller (design, section 4: encrypted and bound to the caller).</summary>
public sealed class PageCursorTests
{
    private readonly PageCursor cursor = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void Cursor_IsReadByItsCallerOnly()
    {
        byte[] place = [1, 2, 250];
        string text = cursor.Protect("one", "a", place);
        Assert.Equal(place, cursor.Unprotect("one", "a", text));
        Assert.Null(cursor.Unprotect("two", "a", text));
        Assert.Null(cursor.Unprotect("one", "b", text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("Patient/1?&%")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Cursor_ThatWasNotMadeHere_IsNone(string text) => Assert.Null(cursor.Unprotect("one", "a", text));

    [Fact]
    public void Cursor_ThatWasChanged_IsNone()
    {
        char[] text = cursor.Protect("one", "a", [7]).ToCharArray();
        text[^4] = text[^4] == 'A' ? 'B' : 'A';
        Assert.Null(cursor.Unprotect("one", "a", new string(text)));
    }
}
