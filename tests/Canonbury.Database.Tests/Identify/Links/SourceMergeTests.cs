using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;
using Xunit;

namespace Canonbury.Database.Tests.Identify.Links;

/// <summary>A40 and FHIR Patient.link replaced-by: what a source says about its own duplicates, in whatever order it arrives.</summary>
public sealed class SourceMergeTests
{
    private static readonly PatientId Old = PatientId.Of(new SourceId("pas"), "SITE|OLD");
    private static readonly PatientId Kept = PatientId.Of(new SourceId("pas"), "SITE|NEW");

    [Theory, OnBothDatabases]
    public async Task Merge_BeforeAndAfterTheRetiredPatientsOwnMessages_GivesTheSamePerson(Engine engine)
    {
        string[][] messages =
        [
            Registration("20260301090000", 1, "H1001"),
            Registration("20260302090000", 2, "H1002", "9990000018"),
            Merge("20260303090000", 3, "H1001", "H1002"),
        ];
        foreach (int[] order in new int[][] { [0, 1, 2], [1, 0, 2], [2, 0, 1], [2, 1, 0], [0, 2, 1], [1, 2, 0] })
        {
            await using Road road = Road.Open(engine);
            foreach (int i in order)
            {
                await road.SendAsync("pas", messages[i]);
            }

            Assert.Equal("pas/H1001+pas/H1002", road.People());
            PersonRecord record = (await road.ReadAsync(PatientId.Of(new SourceId("pas"), "SITE|H1002")))!;
            Assert.Equal(2, record.Patients.Count);
            Assert.Single(await road.FindAsync("H1001"));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Merge_BringsTheRetiredPatientsItemsToTheOtherSourcesOfTheSurvivor(Engine engine)
    {
        await using Road road = Road.Open(engine);
        SaidOf gp = new("gp", "G1");
        await road.SayAsync(gp);
        await road.SendAsync("pas", [.. Registration("20260301090000", 1, "OLD"), "PV1|1|I|WARD1||||||||||||||||V12345"]);
        await road.SendAsync("pas", Registration("20260302090000", 2, "NEW", "9990000018"));
        Assert.DoesNotContain((await road.ReadAsync(gp.Patient))!.Items, item => item.Type == "Encounter");

        await road.SendAsync("pas", Merge("20260303090000", 3, "OLD", "NEW"));

        Assert.Equal("gp/G1+pas/NEW+pas/OLD", road.People());
        Assert.Contains((await road.ReadAsync(gp.Patient))!.Items, item => item.Type == "Encounter");
        Assert.Equal("source-merge", road.LinksOf(Old)[^1].Grade);
    }

    [Theory, OnBothDatabases]
    public async Task Merge_OfDifferentVerifiedNumbers_IsHeldBack_WhateverComesFirst(Engine engine)
    {
        string[][] messages =
        [
            Registration("20260301090000", 1, "OLD", "9990000026", "ROBERT"),
            Registration("20260302090000", 2, "NEW", "9990000018"),
            Merge("20260303090000", 3, "OLD", "NEW"),
        ];
        foreach (int[] order in new int[][] { [0, 1, 2], [2, 0, 1], [2, 1, 0] })
        {
            await using Road road = Road.Open(engine);
            foreach (int i in order)
            {
                await road.SendAsync("pas", messages[i]);
            }

            Assert.Equal("pas/NEW; pas/OLD quarantined", road.People());
            Assert.Equal("quarantine", Assert.Single((await road.ReadAsync(Kept))!.NotYetUsable).Kind);
            Assert.Null(await road.ReadAsync(Old));

            // The source corrects the number: the two are one after all.
            await road.SendAsync("pas", Registration("20260304090000", 4, "NEW", "9990000026"));
            Assert.Equal("pas/NEW+pas/OLD", road.People());
        }
    }

    [Theory, OnBothDatabases]
    public async Task Merges_InAChain_EndWithTheLastSurvivor_InEveryOrder(Engine engine)
    {
        string[][] messages =
        [
            Registration("20260301090000", 1, "A"),
            Registration("20260301100000", 2, "B"),
            Registration("20260301110000", 3, "C", "9990000018"),
            Merge("20260302090000", 4, "A", "B"),
            Merge("20260303090000", 5, "B", "C"),
        ];
        Random random = new(1);
        for (int turn = 0; turn < 6; turn++)
        {
            string[][] order = [.. messages];
            random.Shuffle(order);
            await using Road road = Road.Open(engine);
            await road.SayAsync(new SaidOf("gp", "G1"));
            foreach (string[] message in order)
            {
                await road.SendAsync("pas", message);
            }

            Assert.Equal("gp/G1+pas/A+pas/B+pas/C", road.People());
        }
    }

    [Theory, OnBothDatabases]
    public async Task Merges_InARing_AreOnePerson(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SendAsync("pas", Registration("20260301090000", 1, "A"));
        await road.SendAsync("pas", Registration("20260301100000", 2, "B"));
        await road.SendAsync("pas", Merge("20260302090000", 3, "A", "B"));
        await road.SendAsync("pas", Merge("20260303090000", 4, "B", "A"));
        Assert.Equal("pas/A+pas/B", road.People());

        await road.SendAsync("pas", Registration("20260304090000", 5, "B", "9990000018"));
        await road.SendAsync("pas", Registration("20260304100000", 6, "A", "9990000018"));
        Assert.Equal("pas/A+pas/B", road.People());
    }

    [Theory, OnBothDatabases]
    public async Task SurvivorThatMoves_TakesItsFollowersAlong(Engine engine)
    {
        await using Road road = Road.Open(engine);
        SaidOf gp = new("gp", "G1");
        await road.SayAsync(gp);
        await road.SendAsync("pas", Registration("20260301090000", 1, "OLD"));
        await road.SendAsync("pas", Registration("20260301100000", 2, "NEW"));
        await road.SendAsync("pas", Merge("20260302090000", 3, "OLD", "NEW"));
        Assert.Equal("gp/G1; pas/NEW+pas/OLD", road.People());

        await road.SendAsync("pas", Registration("20260303090000", 4, "NEW", "9990000018"));
        Assert.Equal("gp/G1+pas/NEW+pas/OLD", road.People());
        await road.SendAsync("pas", Registration("20260304090000", 5, "NEW", "9990000018", "ROBERT", "19820930"));
        Assert.Equal("gp/G1; pas/NEW quarantined+pas/OLD quarantined", road.People());
    }

    [Theory, OnBothDatabases]
    public async Task FhirReplacedBy_IsFollowed_AlsoWhereIdsAreKept_AndWhereTheSurvivorComesLater(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await road.SayAsync(new SaidOf("gp", "OLD") { Number = null, ReplacedBy = "NEW" });
        Assert.Equal("gp/OLD", road.People());
        await road.SayAsync(new SaidOf("gp", "NEW"));
        Assert.Equal("gp/NEW+gp/OLD", road.People());

        await road.SayAsync(new SaidOf("gp", "OLD") { Number = null });
        Assert.Equal("gp/NEW; gp/OLD", road.People());
    }

    private static string[] Registration(string time, int control, string number, string? nhs = null, string given = "ANN", string born = "19500412") =>
    [
        $@"MSH|^~\&|PAS|SITE|C|B|{time}||ADT^A28|{control}|P|2.4",
        $"PID|1||{number}^^^SITE^MR{(nhs is null ? "" : $"~{nhs}^^^NHS^NH")}||SAMPLE^{given}||{born}|F|||^^^^N1 1AA{(nhs is null ? "" : new string('|', 21) + "01")}",
    ];

    private static string[] Merge(string time, int control, string retired, string surviving) =>
    [
        $@"MSH|^~\&|PAS|SITE|C|B|{time}||ADT^A40|{control}|P|2.4",
        $"PID|1||{surviving}^^^SITE^MR",
        $"MRG|{retired}^^^SITE^MR",
    ];
}
