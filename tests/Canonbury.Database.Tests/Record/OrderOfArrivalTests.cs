using System.Text;
using System.Text.Json.Nodes;
using Canonbury.Database.Content;
using Canonbury.Database.Tests.Identify.Links;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Types;
using Xunit;

namespace Canonbury.Database.Tests.Record;

/// <summary>
/// Feature A1 through the whole road: one person's messages from a hospital and a laboratory, in many random orders and batches, end in the same
/// record; an older message that comes late never overwrites a newer one.
/// </summary>
public sealed class OrderOfArrivalTests
{
    private const string Verified = "~9990000018^^^NHS^NH";

    private static readonly PatientId Ann = PatientId.Of(new SourceId("pas"), "SITE|H1");

    [Theory, OnBothDatabases]
    public async Task EveryOrderOfArrival_EndsInTheSameRecordAndLinks(Engine engine)
    {
        (string Source, string[] Segments)[] messages = [.. Messages()];
        string expected = await RecordAsync(engine, messages, most: 1);
        Random random = new(20_260_301);
        for (int turn = 0; turn < 12; turn++)
        {
            (string, string[])[] order = [.. messages];
            random.Shuffle(order);
            Assert.Equal(expected, await RecordAsync(engine, order, most: 1 + random.Next(8)));
        }

        Assert.Equal(expected, await RecordAsync(engine, [.. messages.Reverse()], most: 32));
    }

    [Theory, OnBothDatabases]
    public async Task TheRecord_SaysWhatTheSourcesSaidLast(Engine engine)
    {
        await using Road road = Road.Open(engine);
        foreach ((string source, string[] segments) in Messages().Reverse())
        {
            await road.SendAsync(source, segments);
        }

        string patient = Encoding.UTF8.GetString((await road.ReadItemAsync(Ann, "Patient", Ann.ToString()))!.Json.Span);
        Assert.Contains("\"birthDate\":\"1950-04-12\"", patient);
        Assert.Contains("NEW STREET", patient);
        Assert.DoesNotContain("OLD STREET", patient);
        Assert.DoesNotContain("7946 0001", patient);
        Assert.Contains("deceasedDateTime", patient);
        Assert.Contains("Welsh", patient);
        Dictionary<string, string?> results = (await road.ReadAsync(Ann))!.Items
            .Where(item => item.Type == "Observation").ToDictionary(item => item.Card.Code!, item => item.Card.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("4.7", results["K"]);
        Assert.Equal("140", results["NA"]);
        Assert.DoesNotContain("CREA", results.Keys);
        Card stay = (await road.ReadAsync(Ann))!.Items.Single(item => item.Type == "Encounter" && item.Card.Status != "arrived").Card;
        Assert.Equal(("finished", "2026-03-02T08:30:00+00:00", "2026-03-07T08:00:00+00:00"), (stay.Status, stay.When, stay.Until));
        Assert.Equal("cancelled", (await road.ReadAsync(Ann))!.Items.Single(item => item.Type == "Appointment").Card.Status);
        Assert.Equal("lab/LAB7+pas/H0+pas/H1", road.People());
    }

    // A mapping fix replays what was processed; without a fix nothing may come of it.
    [Theory, OnBothDatabases]
    public async Task ProcessingEverythingAgain_ChangesNothingAndMakesNoVersion(Engine engine)
    {
        await using Road road = Road.Open(engine);
        foreach ((string source, string[] segments) in Messages())
        {
            await road.SendAsync(source, segments);
        }

        string before = Signature(road);
        int versions = Versions(road);
        long unmapped = Unmapped(road);
        Assert.Equal(Messages().Count(), await road.DeadLetters.ReplayProcessedAsync(null, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue));
        await road.ProcessAsync();

        Assert.Equal(before, Signature(road));
        Assert.Equal(versions, Versions(road));
        Assert.Equal(unmapped, Unmapped(road));
    }

    private static IEnumerable<(string Source, string[] Segments)> Messages()
    {
        string pid = $"PID|1||H1^^^SITE^MR{Verified}||SAMPLE^ANN^^^MRS||19500421|F|||1 OLD STREET^^LONDON^^N1 1AA||020 7946 0001|||||||||A||||||||||01";
        yield return ("pas", Adt("A28", "20260301090000", 1, pid));
        yield return ("pas", Adt("A01", "20260302090000", 2, "PID|1||H1^^^SITE^MR||SAMPLE^ANN", "PV1|1|I|WARD1^BAY1^BED1^SITE||||C1^Round^Ward|||MED|||||||||V12345|||||||||||||||||||||||||20260302083000", "DG1|1||195967001^Asthma^SCT|||A"));
        yield return ("pas", Adt("A02", "20260303090000", 3, "PID|1||H1^^^SITE^MR", "PV1|1|I|WARD2^BAY2^BED2^SITE|||||||||||||||||V12345"));
        yield return ("pas", Adt("A31", "20260304090000", 4, "PID|1||H1^^^SITE^MR||||19500412"));
        yield return ("pas", Adt("A08", "20260305090000", 5, "PID|1||H1^^^SITE^MR||||||||2 NEW STREET^^LONDON^^N1 2BB||\"\""));

        // Two in the same second: the control id decides, whatever arrives first.
        yield return ("pas", Adt("A08", "20260306090000", 6, "PID|1||H1^^^SITE^MR||||||||||||Irish^Irish"));
        yield return ("pas", Adt("A08", "20260306090000", 7, "PID|1||H1^^^SITE^MR||||||||||||Welsh^Welsh"));
        yield return ("pas", Adt("A03", "20260307090000", 8, "PID|1||H1^^^SITE^MR", "PV1|1|I|||||||||||||||||V12345||||||||||||||||||||||||||20260307080000"));
        yield return ("pas", Adt("A31", "20260310090000", 9, "PID|1||H1^^^SITE^MR||||||||||||||||||||||||||20260309|Y"));
        yield return ("pas", Adt("A28", "20260201090000", 10, "PID|1||H0^^^SITE^MR||SAMPLE^ANNE||19500412|F", "NK1|1|SAMPLE^BOB|SPO"));
        yield return ("pas", Adt("A04", "20260202090000", 11, "PID|1||H0^^^SITE^MR", "PV1|1|E|ED^^^SITE||||||||||||||||V12000"));
        yield return ("pas", Adt("A40", "20260308090000", 12, "PID|1||H1^^^SITE^MR", "MRG|H0^^^SITE^MR"));
        yield return ("lab", Oru("20260302120000", 1, "P", "OBX|1|NM|K^Potassium^L||6.1|mmol/L|3.5-5.3|H|||P", "OBX|2|NM|NA^Sodium^L||140|mmol/L|133-146||||P"));
        yield return ("lab", Oru("20260302150000", 2, "F", "OBX|1|NM|K^Potassium^L||4.6|mmol/L|3.5-5.3||||F", "OBX|2|NM|NA^Sodium^L||140|mmol/L|133-146||||F", "OBX|3|NM|CREA^Creatinine^L||80|umol/L|||||F"));
        yield return ("lab", Oru("20260303100000", 3, "C", "OBX|1|NM|K^Potassium^L||4.7|mmol/L|3.5-5.3||||C"));
        yield return ("lab", Oru("20260304100000", 4, "C", "OBX|3|NM|CREA^Creatinine^L||80|umol/L|||||W"));
        yield return ("pas", Siu("S12", "20260311090000", 1, "20260401093000", "Booked"));
        yield return ("pas", Siu("S13", "20260312090000", 2, "20260402093000", "Booked"));
        yield return ("pas", Siu("S15", "20260313090000", 3, "20260402093000", "Cancelled"));
    }

    private static string[] Adt(string trigger, string time, int control, params string[] segments) =>
        [$@"MSH|^~\&|PAS|SITE|C|B|{time}||ADT^{trigger}|A{control:D3}|P|2.4", $"EVN|{trigger}|{time}", .. segments];

    private static string[] Oru(string time, int control, string status, params string[] results) =>
    [
        $@"MSH|^~\&|LAB|SITE|C|B|{time}||ORU^R01|L{control:D3}|P|2.4",
        $"PID|1||LAB7^^^LAB^MR{Verified}||SAMPLE^ANN||19500412|F||||||||||||||||||||||||01",
        $"OBR|1|ORD1|LAB1|UE^Urea and electrolytes^L|||20260302080000|||||||||G1^Practice^Doctor||||||{time}||CH|{status}",
        .. results,
    ];

    private static string[] Siu(string trigger, string time, int control, string start, string status) =>
    [
        $@"MSH|^~\&|PAS|SITE|C|B|{time}||SIU^{trigger}|S{control:D3}|P|2.4",
        $"SCH|AP1||||||Review^Review|||30|min|^^^{start}|||||||||||||{status}",
        "PID|1||H1^^^SITE^MR",
        "RGS|1",
        "AIL|1||CLINIC1^ROOM1^^SITE",
    ];

    /// <summary>The record after these messages, some at a time, each batch worked on before the next arrives.</summary>
    private static async Task<string> RecordAsync(Engine engine, (string Source, string[] Segments)[] messages, int most)
    {
        await using Road road = Road.Open(engine);
        foreach ((string, string[])[] arriving in messages.Chunk(most))
        {
            foreach ((string source, string[] segments) in arriving)
            {
                await road.ReceiveAsync(source, segments);
            }

            await road.ProcessAsync(most);
        }

        Assert.Equal(messages.Length, road.Query("SELECT count(*) FROM message WHERE state = 1", row => row.Int(0))[0]);
        return Signature(road);
    }

    /// <summary>Everything that must not depend on the order: content and fold state of each resource, whose it is, and who is one person.</summary>
    private static string Signature(Road road)
    {
        List<string> resources = road.Query(
            "SELECT type, id, patient, deleted, source_time, fold, content FROM resource ORDER BY type, id, patient",
            row => $"{ResourceTypes.NameOf(row.Int(0))}/{row.Id(1)} of {row.Id(2)} {row.Int(3)} {row.Time(4):O} {Encoding.UTF8.GetString(row.Bytes(5))} {Content(row.Bytes(6))}");
        return string.Join('\n', resources.Append(road.People()));
    }

    private static string Content(byte[] stored)
    {
        JsonObject resource = JsonNode.Parse(Envelope.Unwrap(stored))!.AsObject();
        JsonObject meta = resource["meta"]!.AsObject();
        Assert.True(meta.Remove("versionId") && meta.Remove("lastUpdated") && meta.Remove("source"));
        return resource.ToJsonString();
    }

    private static int Versions(Road road) =>
        road.Query("SELECT count(*) FROM resource_version", row => row.Int(0))[0] + road.Query("SELECT count(*) FROM link", row => row.Int(0))[0];

    private static long Unmapped(Road road) => road.Board.Unmapped(100).Sum(field => field.Occurrences);
}
