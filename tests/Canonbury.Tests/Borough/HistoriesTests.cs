using Canonbury.Borough.Systems;
using Xunit;

namespace Canonbury.Tests.Borough;

public sealed class HistoriesTests(Sample sample) : IClassFixture<Sample>
{
    [Fact]
    public void SameSeed_MakesTheSameBytes()
    {
        IReadOnlyList<SourceEvent> again = [.. sample.Residents.Take(200).SelectMany(resident => History.Of(resident, Sample.Options))];
        IReadOnlyList<SourceEvent> first = [.. sample.Histories.Take(200).SelectMany(history => history)];
        Assert.Equal(first.Count, again.Count);
        Assert.All(first.Zip(again), pair => Assert.True(pair.First.Payload.Span.SequenceEqual(pair.Second.Payload.Span)));
    }

    [Fact]
    public void AHistory_IsInOrderOfTimeAndEndsWithTheLastDay() => Assert.All(sample.Histories, history =>
    {
        Assert.Equal(history.Select(each => each.At).Order(), history.Select(each => each.At));
        Assert.All(history, each => Assert.True(DateOnly.FromDateTime(each.At) <= Sample.Options.AsOf));
    });

    [Fact]
    public void ASystem_FirstRegistersThePerson() => Assert.All(sample.Histories, history => Assert.All(
        history.GroupBy(each => (each.System, each.LocalId)),
        patient => Assert.Equal(patient.Key.System.SendsFhir ? "bundle" : "ADT^A28", patient.First().Kind)));

    [Fact]
    public void ControlIds_AreUniqueAndFitTheirField()
    {
        Assert.Equal(sample.Events.Count, sample.Events.Select(each => (each.System.Code, each.ControlId)).Distinct().Count());
        Assert.All(sample.Events.Where(each => !each.System.SendsFhir), each => Assert.InRange(each.ControlId.Length, 3, 20));
    }

    [Fact]
    public void Results_HaveAMedianOfEightAMessage()
    {
        List<int> results = [.. sample.Events.Where(each => each.Kind == "ORU^R01").Select(each => each.Results).Order()];
        Assert.Equal(8, results[results.Count / 2]);
    }

    [Fact]
    public void EverySystem_SendsEveryKindOfEvent()
    {
        HashSet<string> kinds = [.. sample.Events.Select(each => $"{each.System.Code} {each.Kind}")];
        string[] expected =
        [
            "gp bundle", "asc bundle", "lab ORU^R01", "ooh ADT^A04", "ooh ADT^A08", "ooh MDM^T02", "cmh ADT^A04", "cmh SIU^S12", "pas ADT^A01",
            "pas ADT^A02", "pas ADT^A03", "pas ADT^A04", "pas ADT^A05", "pas ADT^A06", "pas ADT^A08", "pas ADT^A11", "pas ADT^A12", "pas ADT^A13",
            "pas ADT^A28", "pas ADT^A31", "pas ADT^A40", "pas SIU^S12", "pas SIU^S13", "pas SIU^S14", "pas SIU^S15", "pas SIU^S26", "pas MDM^T02",
        ];
        Assert.Empty(expected.Except(kinds));
    }

    [Fact]
    public void MostPeople_AreKnownToSeveralSystems()
    {
        List<int> systems = [.. sample.Histories.Select(history => history.Select(each => each.System).Distinct().Count()).Order()];
        Assert.InRange(systems[systems.Count / 2], 2, 4);
        Assert.Contains(6, systems);
    }

    [Fact]
    public void Identities_AreTheBeginningOfTheWholeHistory()
    {
        SourceEvent[] identity = [.. History.IdentityOf(sample.Residents[4], Sample.Options)];
        IEnumerable<(string, string)> known = sample.Histories[4].Select(each => (each.System.Code, each.LocalId)).Distinct();
        Assert.Equal(known.Order(), identity.Select(each => (each.System.Code, each.LocalId)).Order());
    }

    [Fact]
    public void WhatHappensNow_IsNewAndNeverLater()
    {
        DateTime now = new(2026, 7, 1, 14, 30, 0);
        HashSet<string> past = [.. sample.Events.Select(each => each.ControlId)];
        List<SourceEvent> events = [.. sample.Residents.Take(300).SelectMany((resident, number) => History.Now(resident, Sample.Options, now, $".live{number}"))];
        Assert.NotEmpty(events);
        Assert.All(events, each => Assert.True(each.At <= now && !past.Contains(each.ControlId)));
    }
}
