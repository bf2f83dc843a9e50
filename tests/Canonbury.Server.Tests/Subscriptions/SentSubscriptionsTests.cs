using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Canonbury.Server.Tests.Subscriptions;

/// <summary>What may be subscribed to, where notifications may go, and who sees a subscription. https://hl7.org/fhir/R4/subscription.html</summary>
public sealed class SentSubscriptionsTests(SubscribedServer server) : IClassFixture<SubscribedServer>
{
    private const string Hook = "http://127.0.0.1:9/";

    [Theory]
    [InlineData("http://receiver.example/", "endpoint-not-allowed")]
    [InlineData("https://10.0.0.1/", "endpoint-not-allowed")]
    [InlineData("https://169.254.169.254/latest", "endpoint-not-allowed")]
    [InlineData("https://[::1]/", "endpoint-not-allowed")]
    [InlineData("https://[::ffff:192.168.0.1]/", "endpoint-not-allowed")]
    [InlineData("https://user:word@receiver.example/", "endpoint-invalid")]
    [InlineData("file:///etc/passwd", "endpoint-invalid")]
    [InlineData("receiver", "endpoint-invalid")]
    public async Task Endpoint_ThatMustNotBeTold_IsRefused(string endpoint, string code) =>
        await RefusedAsync(SubscribedServer.ByCriteria("Patient?gender=male", endpoint), code, "Subscription.channel.endpoint");

    [Theory]
    [InlineData("Observation?subject.name=x", "criteria-not-supported")]
    [InlineData("Patient?_has:Observation:subject:code=x", "criteria-not-supported")]
    [InlineData("Patient?_sort=name", "criteria-not-supported")]
    [InlineData("Patient?nonsense=1", "parameter-unknown")]
    [InlineData("Subscription?status=active", "criteria-type-not-supported")]
    [InlineData("Nothing?x=1", "criteria-type-not-supported")]
    [InlineData("?gender=male", "criteria-type-required")]
    [InlineData("https://elsewhere.example/topic", "topic-unknown")]
    [InlineData("https://canonbury.org/fhir/SubscriptionTopic/resource-changed", "criteria-type-required")]
    public async Task Criteria_ThatCannotBeDecided_AreRefused(string criteria, string code) =>
        await RefusedAsync(SubscribedServer.ByCriteria(criteria, Hook), code, "Subscription.criteria");

    [Theory]
    [InlineData("X-A: 1\\r\\nX-B: 2")]
    [InlineData("X-A: 1\\nX-B: 2")]
    [InlineData("Host: elsewhere.example")]
    [InlineData("transfer-encoding: chunked")]
    [InlineData("no colon")]
    [InlineData("X A: 1")]
    public async Task Header_ThatFramesOrBreaksTheRequest_IsRefused(string header) => await RefusedAsync(
        SubscribedServer.ByTopic("patient-died", Hook, header: $",\"header\":[\"{header}\"]"), "header-not-accepted", "Subscription.channel.header[0]");

    [Fact]
    public async Task Channel_ByMail_IsRefused() => await RefusedAsync(
        SubscribedServer.ByTopic("patient-died", Hook).Replace("rest-hook", "email", StringComparison.Ordinal), "channel-not-supported", "Subscription.channel.type");

    [Fact]
    public async Task Subscription_IsSeenByItsOwnClientOnly_EvenByWhoSeesEverySource()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        string id = await server.SubscribeAsync(SubscribedServer.ByTopic("patient-died", receiver.Url, header: ",\"header\":[\"Authorization: Bearer hidden\"]"));

        foreach (string path in new[] { $"Subscription/{id}", $"Subscription/{id}/_history", $"Subscription/{id}/_history/1", $"Subscription/{id}/$status", $"Subscription/{id}/$meta", $"Subscription/{id}/$events" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync("GET", "/fhir/" + path, client: "record")).Status);
            Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("GET", "/fhir/" + path)).Status);
        }

        foreach (string path in new[] { "Subscription", "Subscription/_history", "_history?_count=500", "Subscription/$status", "Subscription?status=active" })
        {
            (HttpStatusCode status, JsonNode? body) = await server.SendAsync("GET", "/fhir/" + path, client: "record");
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain(id, body!.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Contains(id, (await server.SendAsync("GET", "/fhir/Subscription?status=active")).Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync("DELETE", "/fhir/Subscription/" + id)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await server.SendAsync("GET", "/fhir/Subscription/" + id)).Status);
    }

    [Fact]
    public async Task State_IsTheServersToSay_AndAnEnd_EndsIt()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        string active = SubscribedServer.ByTopic("patient-died", receiver.Url).Replace("\"requested\"", "\"active\", \"error\":\"mine\", \"end\":\"2020-01-01T00:00:00Z\"", StringComparison.Ordinal);
        (HttpStatusCode status, JsonNode? created) = await server.SendAsync("POST", "/fhir/Subscription", active);

        Assert.Equal((HttpStatusCode.Created, "requested", null), (status, (string?)created!["status"], created["error"]));
        await server.StatusAsync((string)created["id"]!, "off");
        Assert.Empty(receiver.All);
    }

    private async Task RefusedAsync(string subscription, string code, string element)
    {
        (HttpStatusCode status, JsonNode? outcome) = await server.SendAsync("POST", "/fhir/Subscription", subscription);
        JsonNode issue = outcome!["issue"]![0]!;
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, code, element),
            (status, (string?)issue["details"]!["coding"]![0]!["code"], (string?)issue["expression"]![0]));
    }
}
