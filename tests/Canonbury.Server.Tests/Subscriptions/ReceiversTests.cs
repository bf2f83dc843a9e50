using System.Net;
using Canonbury.Server.Subscriptions;
using Microsoft.Extensions.Options;
using Xunit;

namespace Canonbury.Server.Tests.Subscriptions;

/// <summary>Where a notification may go: no receiver leads a request into the server's own network.</summary>
public sealed class ReceiversTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2a00:1450:4009::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    public void Address_IsPublicOrNot(string address, bool expected) => Assert.Equal(expected, PublicAddresses.Contain(IPAddress.Parse(address)));

    [Fact]
    public async Task Name_ThatMeansThisMachine_HasNoAddressToConnectTo_UnlessASettingNamesIt()
    {
        Assert.Empty(await Receiving(new SubscriptionOptions()).AddressesAsync("localhost", TestContext.Current.CancellationToken));
        Assert.NotEmpty(await Receiving(new SubscriptionOptions { InsideHosts = ["localhost"] }).AddressesAsync("localhost", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Hook_ToANameThatMeansThisMachine_IsNotSent()
    {
        using HookClient client = new(Receiving(new SubscriptionOptions()));
        HookRequest hook = new(HttpMethod.Post, new Uri("https://localhost:9/"), [], default, "application/fhir+json");

        Assert.Equal("The endpoint is at an address that is not public.", await client.SendAsync(hook, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Host_ThatIsNotAmongTheOnlyOnes_IsRefused()
    {
        Receivers receivers = Receiving(new SubscriptionOptions { OnlyHosts = ["receiver.example"] });

        Assert.Null(receivers.Refusal(new Uri("https://receiver.example/")));
        Assert.NotNull(receivers.Refusal(new Uri("https://other.example/")));
    }

    [Fact]
    public void Pause_Doubles_UpToTheLongest_LessUpToHalf()
    {
        SubscriptionOptions options = new() { RetrySeconds = 5, LongestRetrySeconds = 60 };

        Assert.Equal([5, 10, 20, 40, 60, 60], Enumerable.Range(1, 6).Select(failures => Retry.Pause(failures, 0, options).TotalSeconds));
        Assert.Equal(30, Retry.Pause(1000, 1, options).TotalSeconds);
    }

    [Theory]
    [InlineData(199, 47, false)]
    [InlineData(200, 1, true)]
    [InlineData(3, 48, true)]
    public void GivesUp_AfterSoManyFailures_OrSoLong(int failures, int hours, bool expected) =>
        Assert.Equal(expected, Retry.GivesUp(failures, TimeSpan.FromHours(hours), new SubscriptionOptions()));

    private static Receivers Receiving(SubscriptionOptions options) => new(Options.Create(options));
}
