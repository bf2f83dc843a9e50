using System.Text;
using Canonbury.Database.Content;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Types;
using Canonbury.Fhir.Validation;
using Canonbury.TestData.Samples;
using Xunit;

namespace Canonbury.Server.Tests.Samples.Hl7v2;

/// <summary>Every HL7 v2 sample through the inbox and the pipeline: it ends in the record, or in the dead letters with a reason.</summary>
public sealed class Hl7SamplesTests(Hl7Samples samples, ITestOutputHelper output) : IClassFixture<Hl7Samples>
{
    [Fact]
    public void EveryMessage_EndsInTheRecordOrInTheDeadLetters_AndTheTableIsTheApprovedOne()
    {
        string table = Hl7SamplesTable.Write(samples.Run);
        foreach (string row in table.Split('\n').Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal)))
        {
            output.WriteLine("REPORT HL7 v2 samples " + row);
        }

        Assert.All(samples.Run.Origins, origin => Assert.Equal(
            origin.Value.Messages, origin.Value.Duplicates + origin.Value.InTheRecord + origin.Value.DeadLetters.Values.Sum()));
        Assert.DoesNotContain(samples.Run.Origins.Values, counts => counts.DeadLetters.ContainsKey("processing-failed") || counts.DeadLetters.ContainsKey("no reason"));
        string? difference = ApprovedFile.Difference(Hl7SamplesTable.Page, table);
        Assert.True(difference is null, difference);
    }

    [Fact]
    public void EveryDeadLetter_SaysSegmentFieldAndClassOfValue_AndNeverTheValue()
    {
        List<(string? Path, string? Code, string? Words, byte[] Raw)> dead = samples.Run.Query(
            "SELECT reason_path, reason_code, reason, raw FROM message WHERE state = 2",
            row => (row.TextOrNull(0), row.TextOrNull(1), row.TextOrNull(2), Envelope.Unwrap(row.Bytes(3))));

        Assert.NotEmpty(dead);
        Assert.All(dead, letter =>
        {
            Assert.Matches(@"^[A-Z][A-Z0-9]{2}(\[\d+\])?(-\d+(\[\d+\])?(\.\d+){0,2})?$", letter.Path);
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)+$", letter.Code);
            Assert.EndsWith(".", letter.Words, StringComparison.Ordinal);
            string pid = Encoding.Latin1.GetString(letter.Raw).Split('\r', '\n').FirstOrDefault(line => line.StartsWith("PID", StringComparison.Ordinal)) ?? "";
            Assert.DoesNotContain(pid.Split('|', '^', '~', '&').Where(value => value.Length > 4), value => letter.Words!.Contains(value, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void EveryResource_InTheRecord_IsValidR4()
    {
        List<string> faults = [];
        foreach ((int type, byte[] json) in samples.Run.Query(
            "SELECT type, content FROM resource WHERE deleted = 0", row => (row.Int(0), Envelope.Unwrap(row.Bytes(1)))))
        {
            Parsed parsed = BaseValidation.Check(json, WireFormat.Json);
            faults.AddRange(parsed.Issues.Where(issue => issue.Refuses).Select(issue => $"{ResourceTypes.NameOf(type)}: {issue.Code} {issue.Expression}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.CountBy(fault => fault)));
    }

    [Fact]
    public async Task TakenInAgain_NothingChanges()
    {
        long[] before = Everything();
        long without = samples.Run.Query("SELECT count(*) FROM message WHERE control_id = ''", row => row.Long(0))[0];
        Hl7SampleRun again = new(samples.Server, SampleData.PathOf("hl7v2"));
        await again.RunAsync();

        // An empty control id never matches (design, section 4: duplicates): such a message is worked on again, without effect.
        Assert.Equal(without, again.Origins.Values.Sum(counts => counts.Messages - counts.Duplicates));
        Assert.Equal(before, Everything());
    }

    [Fact]
    public async Task EveryRecord_Opens()
    {
        Assert.NotEmpty(samples.Run.Origins);
        using RecordWalk walk = new(samples.Server);
        await walk.RunAsync();

        output.WriteLine($"REPORT HL7 v2 samples: the records of {walk.People} people open, {walk.Pages} pages");
        Assert.True(walk.Faults.Count == 0, string.Join('\n', walk.Faults));
        Assert.NotEqual(0, walk.People);
    }

    /// <summary>Every version, change, link and identifier; the numbers of rows that a second effect would raise.</summary>
    private long[] Everything() =>
    [
        .. new[] { "resource", "resource_version", "change", "locator", "mention", "patient", "identifier", "claim", "link", "person_patient", "find_name" }
            .SelectMany(table => samples.Run.Query($"SELECT count(*) FROM {table}", row => row.Long(0))),
        .. samples.Run.Query("SELECT CAST(sum(version) AS bigint) FROM resource", row => row.Long(0)),
    ];
}
