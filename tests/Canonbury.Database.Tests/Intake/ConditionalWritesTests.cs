using Canonbury.Database.Content;
using Canonbury.Database.Tests.Identify.Links;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Statements;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Database.Tests.Intake;

/// <summary>Writes that rest on a search, or on a version, among writers of several processes. https://hl7.org/fhir/R4/http.html#ccreate</summary>
public sealed class ConditionalWritesTests
{
    private static readonly SourceId Source = new("cond");

    [Theory, OnBothDatabases]
    public async Task CreatesAtOnceOnOneCondition_MakeOneResource(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await using Committers processes = new(road);
        foreach (string value in new[] { "a", "b", "c" })
        {
            int[] created = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => CreateAsync(processes.Writer(i), road, value))));
            Assert.Equal(1, created.Sum());
            Assert.Single(Patients(road), patient => patient == value);
        }
    }

    [Theory, OnBothDatabases]
    public async Task WritesOnOtherConditions_DoNotHinderEachOther(Engine engine)
    {
        await using Road road = Road.Open(engine);
        await using Committers processes = new(road);
        int[] created = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => CreateAsync(processes.Writer(i), road, "v" + (i / 2)))));
        Assert.Equal(30, created.Sum());
        Assert.Equal(30, Patients(road).Distinct().Count());
    }

    [Theory, OnBothDatabases]
    public async Task AWriteOnAConditionThatOthersUsedMeanwhile_IsStale(Engine engine)
    {
        await using Road road = Road.Open(engine);
        WriteCondition early = road.Writer.Condition(Source, "Patient?identifier=a");
        Assert.False((await road.Writer.WriteAsync(Write("a", early))).IsStale);

        WriteOutcome late = await road.Writer.WriteAsync(Write("a", early));
        Assert.True(late.IsStale);
        Assert.Empty(late.Entries);
        Assert.Single(Patients(road));
        Assert.False((await road.Writer.WriteAsync(Write("a", road.Writer.Condition(Source, "Patient?identifier=a")))).IsStale);
    }

    [Theory, OnBothDatabases]
    public async Task APatchOfAVersionThatIsNoLongerTheNewest_IsStale(Engine engine)
    {
        await using Road road = Road.Open(engine);
        FhirWrite first = Write("a");
        await road.Writer.WriteAsync(first);
        FhirWrite patched = first with { Push = first.Push with { Entries = [first.Push.Entries[0] with { Statements = [Statement(first, "b")], PatchOf = 1 }] } };
        Assert.Equal(2, (await road.Writer.WriteAsync(patched)).Entries[0].Stored!.Version);
        Assert.True((await road.Writer.WriteAsync(patched with { Push = patched.Push with { Entries = [patched.Push.Entries[0] with { Statements = [Statement(first, "c")] }] } })).IsStale);
        Assert.Equal(["b"], Patients(road));
    }

    // As the API does it: the condition, the search, the write, and all again where it was stale.
    private static async Task<int> CreateAsync(PushWriter writer, Road road, string value)
    {
        while (true)
        {
            WriteCondition condition = writer.Condition(Source, "Patient?identifier=" + value);
            if (Patients(road).Contains(value))
            {
                return 0;
            }

            WriteOutcome outcome = await writer.WriteAsync(Write(value, condition));
            Assert.Null(outcome.Problem);
            if (!outcome.IsStale)
            {
                return 1;
            }
        }
    }

    private static FhirWrite Write(string value, params WriteCondition[] conditions)
    {
        PatientId id = new(Guid.CreateVersion7());
        ResourceStatement statement = Statement(id, value);
        return new FhirWrite(
            Source, new PushResult([new PushEntry(null, PushMethod.Create, "Patient", id.ToString(), [statement], null)], null, []), [1], conditions);
    }

    private static ResourceStatement Statement(FhirWrite of, string value) => Statement(of.Push.Entries[0].Statements[0].Owner, value);

    private static ResourceStatement Statement(PatientId id, string value) => new()
    {
        Content = new Patient { Id = id.ToString(), Identifier = [new Identifier("urn:x", value)] },
        Mode = StatementMode.Snapshot,
        Owner = id,
    };

    private static List<string> Patients(Road road) => [.. road
        .Query("SELECT content FROM resource WHERE source = $1", row => Envelope.Unwrap(row.Bytes(0)), Source.Value)
        .Select(json => ((Patient)FhirJson.ParseStored(json).Resource!).Identifier[0].Value!)];
}
