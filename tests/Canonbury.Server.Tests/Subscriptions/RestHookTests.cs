using System.Text.Json.Nodes;
using Canonbury.Access.Callers;
using Xunit;

namespace Canonbury.Server.Tests.Subscriptions;

/// <summary>
/// Notifications over HTTP, as a receiver sees them. https://hl7.org/fhir/R4/subscription.html, http://hl7.org/fhir/uv/subscriptions-backport
/// </summary>
public sealed class RestHookTests(SubscribedServer server) : IClassFixture<SubscribedServer>
{
    [Fact]
    public async Task Topic_ShakesHandsFirst_AndThenTellsOfTheResource()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        string id = await server.SubscribeAsync(SubscribedServer.ByTopic(
            "resource-changed", receiver.Url + "/hook", "full-resource", "Observation?code=http://loinc.org|hand-1", header: ",\"header\":[\"Authorization: Bearer secret\"]"));
        await server.PatientAsync("hand");
        await server.ObservationAsync("hand-other", "hand", "another");
        await server.ObservationAsync("hand-1", "hand", "hand-1");

        IReadOnlyList<Received> all = await receiver.UntilAsync(got => got.Count >= 2);

        Assert.Equal(["handshake", "event-notification"], all.Select(one => one.Type));
        Assert.All(all, one => Assert.Equal(("POST", "/hook", "application/fhir+json", "Bearer secret"), (one.Method, one.Path, one.ContentType, one.Headers["Authorization"])));
        Assert.Equal("https://record.example/fhir/Subscription/" + id, (string?)all[1].Parameter("subscription")!["valueReference"]!["reference"]);
        Assert.Equal("1", (string?)all[1].Parameter("events-since-subscription-start")!["valueString"]);
        Assert.Equal(["1"], all[1].Numbers);
        Assert.Equal("https://record.example/fhir/Observation/hand-1", (string?)Received.Part(all[1].Events[0], "focus")!["valueReference"]!["reference"]);
        JsonNode entry = all[1].Entries[1]!;
        Assert.Equal(("hand-1", "POST", "201"), ((string?)entry["resource"]!["id"], (string?)entry["request"]!["method"], (string?)entry["response"]!["status"]));
    }

    [Theory]
    [InlineData("empty", 1, false)]
    [InlineData("id-only", 2, false)]
    [InlineData("full-resource", 2, true)]
    public async Task Payload_HoldsWhatWasAskedFor(string content, int entries, bool resource)
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await server.SubscribeAsync(SubscribedServer.ByTopic("resource-changed", receiver.Url, content, "Patient?_id=pay-" + content));
        await server.PatientAsync("pay-" + content);

        Received told = (await receiver.UntilAsync(got => got.Count >= 2))[1];

        Assert.Equal(entries, told.Entries.Count);
        Assert.Equal(resource, told.Entries.Count > 1 && told.Entries[1]!["resource"] is not null);
        Assert.Equal(content != "empty", told.Body.Contains("pay-" + content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deletion_OfTheGeneralTopic_IsTold()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await server.PatientAsync("gone");
        await server.ObservationAsync("gone-1", "gone", "gone-code");
        await server.SubscribeAsync(SubscribedServer.ByTopic("resource-changed", receiver.Url, "full-resource", "Observation?code=gone-code"));
        await server.SendAsync("DELETE", "/fhir/Observation/gone-1");

        Received told = (await receiver.UntilAsync(got => got.Count >= 2))[1];

        Assert.Equal(("DELETE", null), ((string?)told.Entries[1]!["request"]!["method"], told.Entries[1]!["resource"]));
    }

    [Fact]
    public async Task R4Criteria_WithAPayload_AreAnUpdateBelowTheEndpoint()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await server.PatientAsync("plain");
        await server.SubscribeAsync(SubscribedServer.ByCriteria("Observation?code=plain-code", receiver.Url + "/base"));
        await server.ObservationAsync("plain-1", "plain", "plain-code");

        Received told = (await receiver.UntilAsync(got => got.Count >= 1))[0];

        Assert.Equal(("PUT", "/base/Observation/plain-1"), (told.Method, told.Path));
        Assert.Equal("plain-1", (string?)JsonNode.Parse(told.Body)!["id"]);
    }

    [Fact]
    public async Task R4Criteria_WithoutAPayload_AreAnEmptyPost()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await server.PatientAsync("bare");
        await server.SubscribeAsync(SubscribedServer.ByCriteria("Observation?code=bare-code", receiver.Url + "/bare", payload: null));
        await server.ObservationAsync("bare-1", "bare", "bare-code");

        Received told = (await receiver.UntilAsync(got => got.Count >= 1))[0];

        Assert.Equal(("POST", "/bare", ""), (told.Method, told.Path, told.Body));
    }

    [Fact]
    public async Task Heartbeat_ComesWhileNothingHappens()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        const string Every = ",\"extension\":[{\"url\":\"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-heartbeat-period\",\"valueUnsignedInt\":1}]";
        await server.SubscribeAsync(SubscribedServer.ByTopic("patient-died", receiver.Url, more: Every));

        IReadOnlyList<Received> all = await receiver.UntilAsync(got => got.Count >= 3);

        Assert.Equal(["handshake", "heartbeat", "heartbeat"], all.Take(3).Select(one => one.Type));
    }

    [Fact]
    public async Task ConcurrentWrites_AreToldInOrder_WithoutAGap_DespiteFailures()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        int calls = 0;
        receiver.Answer = one => one.Type == "event-notification" && Interlocked.Increment(ref calls) % 3 == 1 ? 503 : 200;
        await server.SubscribeAsync(SubscribedServer.ByTopic("resource-changed", receiver.Url, "full-resource", "Observation?code=many"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async patient =>
        {
            await server.PatientAsync("many-" + patient);
            for (int value = 1; value <= 5; value++)
            {
                await server.ObservationAsync("many-" + patient, "many-" + patient, "many", value: value);
            }
        }));

        await receiver.UntilAsync(_ => receiver.Taken.Count(one => one.Type == "event-notification") >= 20);

        Received[] taken = [.. receiver.Taken.Where(one => one.Type == "event-notification")];
        Assert.Equal(Enumerable.Range(1, 20).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)), taken.SelectMany(one => one.Numbers));

        // Of one patient, the versions come in the order in which they were written.
        foreach (IGrouping<string, JsonNode> of in taken.Select(one => one.Entries[1]!["resource"]!).GroupBy(resource => (string)resource["id"]!))
        {
            Assert.Equal([1, 2, 3, 4, 5], of.Select(resource => (int)resource["valueInteger"]!));
        }
    }

    [Fact]
    public async Task Receiver_ThatFailsAgainAndAgain_TurnsItOff_AndARequestTurnsItOn_WithWhatWaited()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        string subscription = SubscribedServer.ByTopic("resource-changed", receiver.Url, filter: "Patient?_id=wait");
        string id = await server.SubscribeAsync(subscription);
        receiver.Answer = _ => 500;
        await server.PatientAsync("wait");

        JsonNode off = await server.StatusAsync(id, "off");
        Assert.Equal("Given up after 4 attempts: The receiver answered 500.", (string?)off["error"]);
        Assert.Equal(4, receiver.All.Count(one => one.Type == "event-notification"));

        receiver.Answer = _ => 200;
        off["status"] = "requested";
        await server.PutAsync("Subscription/" + id, off.ToJsonString());
        JsonNode on = await server.StatusAsync(id, "active");
        Assert.Null(on["error"]);
        await receiver.UntilAsync(_ => receiver.Taken.Any(one => one.Type == "event-notification" && one.Numbers is ["1"]));
    }

    [Fact]
    public async Task Handshake_ThatIsNotTaken_IsAnError_AndNothingIsTold()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        receiver.Answer = _ => 302;
        string id = await server.SubscribeAsync(SubscribedServer.ByTopic("resource-changed", receiver.Url, filter: "Patient?_id=shy"), until: "error");
        await server.PatientAsync("shy");

        JsonNode off = await server.StatusAsync(id, "off");

        Assert.EndsWith("The receiver answered 302.", (string?)off["error"]);

        // A redirect is not followed.
        Assert.All(receiver.All, one => Assert.Equal(("handshake", "/"), (one.Type, one.Path)));
    }

    [Fact]
    public async Task Client_WithoutAToken_IsToldNothing_UntilItHasOneAgain()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        string id = await server.SubscribeAsync(SubscribedServer.ByTopic("resource-changed", receiver.Url, "full-resource", "Patient?_id=taken"), "two");
        receiver.Answer = _ =>
        {
            // The first attempt fails, and before the next one the client's token has ended: between event and delivery.
            server.Execute("UPDATE client_token SET expires_at = 0 WHERE account = 'two'");
            return 500;
        };
        await server.PatientAsync("taken", "two");
        await receiver.UntilAsync(got => got.Count(one => one.Type == "event-notification") == 1);
        receiver.Answer = _ => 200;
        await Task.Delay(1500, TestContext.Current.CancellationToken);

        Assert.Single(receiver.All, one => one.Type == "event-notification");
        await server.TokenAsync("two", Role.SystemClient);
        JsonNode off = await server.StatusAsync(id, "off", "two");
        Assert.Contains("no valid token", (string?)off["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_OfItsOwnSource_IsToldNothingOfAnother()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await server.SubscribeAsync(SubscribedServer.ByTopic("resource-changed", receiver.Url, "full-resource", "Patient?gender=other"));
        await server.PatientAsync("foreign", "record", ",\"gender\":\"other\"");
        await server.PatientAsync("mine", more: ",\"gender\":\"other\"");

        Received told = (await receiver.UntilAsync(got => got.Count >= 2))[1];

        Assert.Equal("mine", (string?)told.Entries[1]!["resource"]!["id"]);
        Assert.DoesNotContain(receiver.All, one => one.Body.Contains("foreign", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resource_ThatTheClientMayNotSeeAnyMore_IsANumberWithNothingBehind()
    {
        await using HookReceiver receiver = await HookReceiver.StartAsync();
        await server.PatientAsync("held", "one", ",\"gender\":\"unknown\"");
        await server.SubscribeAsync(SubscribedServer.ByTopic("resource-changed", receiver.Url, "full-resource", "Patient?_id=held"), "records");
        receiver.Answer = one =>
        {
            server.Execute("UPDATE account SET role = 'SystemClient' WHERE name = 'records'");
            return one.Type == "event-notification" && receiver.All.Count < 2 ? 500 : 200;
        };
        await server.PatientAsync("held", "one", ",\"gender\":\"male\"");

        await receiver.UntilAsync(_ => receiver.Taken.Any(one => one.Type == "event-notification"));

        Received told = receiver.Taken.Last(one => one.Type == "event-notification");
        Assert.Equal(["1"], told.Numbers);
        Assert.Single(told.Entries);
        Assert.Null(Received.Part(told.Events[0], "focus"));
        await server.TokenAsync("records", Role.RecordClient);
    }
}
