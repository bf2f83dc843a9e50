using Canonbury.Access.SignIn;
using Xunit;

namespace Canonbury.Tests.Access.SignIn;

public sealed class SecretTests
{
    [Fact]
    public void Create_GivesAnotherSecretEachTime_WithAStableHash()
    {
        string secret = Secret.Create();

        Assert.NotEqual(secret, Secret.Create());
        Assert.Equal(Secret.HashOf(secret), Secret.HashOf(secret));
        Assert.Equal(32, Secret.HashOf(secret)!.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ééééééééééééééééééééééééééééééééééééééééééé")]
    public void HashOf_WhatIsNoSecret_IsNull(string text) => Assert.Null(Secret.HashOf(text));
}
