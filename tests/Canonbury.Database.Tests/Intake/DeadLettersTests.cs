using Canonbury.Database.Content;
using Canonbury.Database.Tests.Identify.Find;
using Canonbury.Fhir.Grants;
using Canonbury.Intake.Inbox;
using Canonbury.Record.Reading;
using Xunit;

namespace Canonbury.Database.Tests.Intake;

public sealed class DeadLettersTests
{
    [Theory, OnBothDatabases]
    public async Task WhatCannotBeTranslated_WaitsWithItsReason_AndDoesNotBlockItsBucket(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.ReceiveAsync("pas", Letters.Update(1, "C1", "1 HIGH STREET"));
        await road.ReceiveAsync("pas", Letters.Update(2, "C2", "2 SECRET STREET", trigger: "ZZ9"));
        await road.ReceiveAsync("pas", Letters.Update(3, "C3", "3 HIGH STREET"));
        await road.ProcessAsync();

        Assert.Equal((0, 2, 1), Letters.StatesOf(road));
        Assert.Equal("3 HIGH STREET", Letters.HomeOf(road).Street);
        DeadLetter letter = Assert.Single(road.DeadLetters.List(Grants.Of(GrantScope.Operations, null), 10));
        Assert.Equal(("pas", "test-pas", "ADT^ZZ9", 1), (letter.Source.Value, letter.Feed, letter.Event, letter.Attempts));
        Assert.Equal(("MSH-9", "event-not-supported"), (letter.Path, letter.Code));
        Assert.DoesNotContain("SECRET", letter.Reason);
        Assert.DoesNotContain("SAMPLE", letter.Reason);

        // The fifth kind of empty: the record says that something is there and cannot be shown yet.
        NotYetUsable waiting = Assert.Single((await road.ReadAsync(Letters.Ann))!.NotYetUsable);
        Assert.Equal(("pas", "dead-letter", 1), (waiting.Source.Value, waiting.Kind, waiting.Count));
    }

    [Theory, OnBothDatabases]
    public async Task MessageThatMakesTheProgramThrow_IsADeadLetterAlone_AndPassesAfterTheFix(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SendAsync("pas", [.. Letters.Update(1, "C1", "1 HIGH STREET"), "PV1|1|I|WARD1||||||||||||||||V12345"]);
        byte[] good = road.Query("SELECT content FROM resource WHERE type = $1", row => row.Bytes(0), Canonbury.Fhir.Types.ResourceTypes.NumberOf("Encounter")).Single();
        Store(road, Envelope.Wrap("not a resource"u8, ContentKind.Resource));

        await road.ReceiveAsync("pas", Letters.Update(2, "C2", "2 HIGH STREET"));
        await road.ReceiveAsync("pas", [.. Letters.Update(3, "C3", "3 HIGH STREET"), "PV1|1|I|WARD2||||||||||||||||V12345"]);
        await road.ReceiveAsync("pas", [.. Letters.Update(4, "C4", "4 HIGH STREET"), "PV1|1|I|WARD3||||||||||||||||V12345"]);
        await road.ReceiveAsync("pas", Letters.Update(5, "C5", "5 HIGH STREET"));
        await road.ProcessAsync();

        Assert.Equal((0, 3, 2), Letters.StatesOf(road));
        Assert.Equal("5 HIGH STREET", Letters.HomeOf(road).Street);
        IReadOnlyList<DeadLetter> letters = road.DeadLetters.List(Grants.Of(GrantScope.Operations, null), 10);
        Assert.All(letters, letter => Assert.Equal(("MSH", "processing-failed"), (letter.Path, letter.Code)));
        Assert.Equal(0, road.Board.Unmapped(100).Count(field => field.Event == "ADT^A08" && field.Messages > 3));

        // One is put back before the fix and fails again; after it, all pass, and an older one changes nothing that is newer.
        Assert.Equal(1, await road.DeadLetters.ReplayAsync(Grants.Of(GrantScope.Operations, null), [letters[0].Key]));
        await road.ProcessAsync();
        Assert.Equal([2, 1], road.DeadLetters.List(Grants.Of(GrantScope.Operations, null), 10).Select(letter => letter.Attempts));
        Store(road, good);
        Assert.Equal(2, await road.DeadLetters.ReplayAsync(Grants.Of(GrantScope.Operations, null), null));
        await road.ProcessAsync();

        Assert.Equal((0, 5, 0), Letters.StatesOf(road));
        Assert.Equal("5 HIGH STREET", Letters.HomeOf(road).Street);
        Assert.Equal("WARD3", (await road.ReadAsync(Letters.Ann))!.Items.Single(item => item.Type == "Encounter").Card.Place);
        Assert.Empty((await road.ReadAsync(Letters.Ann))!.NotYetUsable);
    }

    [Theory, OnBothDatabases]
    public async Task Replay_OfUnknownKeysOrWithoutAGrant_DoesNothing(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SendAsync("pas", Letters.Update(2, "C2", "2 HIGH STREET", trigger: "ZZ9"));

        Assert.Equal(0, await road.DeadLetters.ReplayAsync(["", "x", "1-2", "-1-00000000000000000000000000000000", $"{Letters.Ann.Bucket}-{Guid.NewGuid():N}"]));
        Assert.Throws<ArgumentException>(() => road.DeadLetters.List(Grants.Of(GrantScope.Find, null), 10));
        await Assert.ThrowsAsync<ArgumentException>(() => road.DeadLetters.ReplayAsync(Grants.Of(GrantScope.Person, null), null));
        Assert.Equal((0, 0, 1), Letters.StatesOf(road));
    }

    // An outage is nobody's fault: nothing may become a dead letter by it.
    [Theory, OnBothDatabases]
    public async Task Outage_BuriesNothing(Engine engine)
    {
        int outages = 0;
        await using Road road = Road.Open(engine, step =>
        {
            if (step == "WriteRecord" && outages++ < 2)
            {
                throw new Npgsql.PostgresException("disk full", "ERROR", "ERROR", "53100");
            }
        });
        await road.ReceiveAsync("pas", Letters.Update(1, "C1", "1 HIGH STREET"));
        await road.ReceiveAsync("pas", Letters.Update(2, "C2", "2 HIGH STREET"));
        await road.ProcessAsync();

        Assert.Equal((0, 2, 0), Letters.StatesOf(road));
        Assert.Equal("2 HIGH STREET", Letters.HomeOf(road).Street);
    }

    private static void Store(Road road, byte[] content)
    {
        using Session session = road.Test.Database.Open();
        session.Execute("UPDATE resource SET content = $1 WHERE type = $2", content, Canonbury.Fhir.Types.ResourceTypes.NumberOf("Encounter"));
    }
}
