using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Subscriptions;

/// <summary>http://hl7.org/fhir/uv/subscriptions-backport/operations.html</summary>
public sealed class OperationsTests(SubscribedServer server) : IClassFixture<SubscribedServer>
{
    [Fact]
    public async Task Events_AreToldAgain_FromOneNumberToAnother()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        string id = await server.SubscribeAsync(SubscribedServer.ByTopic("resource-changed", receiver.Url, filter: "Patient?_id=again"));
        foreach (string gender in new[] { "male", "female", "other" })
        {
            await server.PatientAsync("again", more: $",\"gender\":\"{gender}\"");
        }

        await receiver.UntilAsync(got => got.Count >= 4);

        (HttpStatusCode status, JsonNode? bundle) = await server.SendAsync("GET", $"/fhir/Subscription/{id}/$events?eventsSinceNumber=2&eventsUntilNumber=3");
        Received told = new("", "", null, new Dictionary<string, string>(), bundle!.ToJsonString());
        Assert.Equal((HttpStatusCode.OK, "history", "query-event"), (status, (string?)bundle["type"], told.Type));
        Assert.Equal(["2", "3"], told.Numbers);
        Assert.Equal("3", (string?)told.Parameter("events-since-subscription-start")!["valueString"]);

        // More than the subscription asks for is not told: it asks for ids.
        JsonNode full = (await server.SendAsync("GET", $"/fhir/Subscription/{id}/$events?content=full-resource")).Body!;
        Assert.Null(full["entry"]![1]!["resource"]);
        JsonNode empty = (await server.SendAsync("GET", $"/fhir/Subscription/{id}/$events?content=empty")).Body!;
        Assert.DoesNotContain("Patient/again", empty.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("first")]
    public async Task Events_FromNoNumber_AreRefused(string number)
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        string id = await server.SubscribeAsync(SubscribedServer.ByTopic("patient-died", receiver.Url));

        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync("GET", $"/fhir/Subscription/{id}/$events?eventsSinceNumber={number}")).Status);
    }

    [Fact]
    public async Task Status_IsOfOne_OrOfThoseInAState()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        string id = await server.SubscribeAsync(SubscribedServer.ByTopic("care-plan-changed", receiver.Url));

        JsonNode one = (await server.SendAsync("GET", $"/fhir/Subscription/{id}/$status")).Body!;
        JsonNode none = (await server.SendAsync("GET", $"/fhir/Subscription/$status?id={id}&status=off")).Body!;

        Assert.Equal(("searchset", 1), ((string?)one["type"], (int?)one["total"]));
        JsonArray parameters = one["entry"]![0]!["resource"]!["parameter"]!.AsArray();
        Assert.Equal("active", (string?)parameters.First(parameter => (string?)parameter!["name"] == "status")!["valueCode"]);
        Assert.Equal(
            "https://canonbury.org/fhir/SubscriptionTopic/care-plan-changed", (string?)parameters.First(parameter => (string?)parameter!["name"] == "topic")!["valueCanonical"]);
        Assert.Equal(0, (int?)none["total"]);
    }

    [Fact]
    public async Task BindingToken_OfARestHook_IsNotToBeHad()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        string id = await server.SubscribeAsync(SubscribedServer.ByTopic("patient-died", receiver.Url));

        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync("GET", $"/fhir/Subscription/{id}/$get-ws-binding-token")).Status);
    }
}
