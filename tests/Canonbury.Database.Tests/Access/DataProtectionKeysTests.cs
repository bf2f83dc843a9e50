using Canonbury.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.Database.Tests.Access;

public sealed class DataProtectionKeysTests
{
    [Theory, OnBothDatabases]
    public async Task WhatOneProcessProtects_AnotherOneReads(Engine engine)
    {
        await using TestDatabase test = TestDatabase.Create(engine);
        await using ServiceProvider first = Services(test);
        await using ServiceProvider second = Services(test);

        string text = first.GetDataProtector("antiforgery").Protect("words");

        Assert.Equal("words", second.GetDataProtector("antiforgery").Unprotect(text));
    }

    private static ServiceProvider Services(TestDatabase test) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(test.Database)
        .AddSingleton(test.Committer)
        .AddAccess(new ConfigurationBuilder().Build())
        .BuildServiceProvider();
}
