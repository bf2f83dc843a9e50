using System.Globalization;
using System.IO.Compression;
using System.Text;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Validation;
using Canonbury.TestData.Samples;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.FhirPush;

/// <summary>Pushes every FHIR R4 sample and compares what became of it with the approved table.</summary>
public sealed class SampleTableTests(ITestOutputHelper output)
{
    private const string Approved = "docs/samples-fhir.md";

    private static readonly PushContext Context = new(
        new SourceId("samples"), IdPolicy.Mapped, new Dictionary<string, PatientId>(), () => "01900000-0000-7000-8000-000000000000");

    [Fact]
    public void EverySample_GoesInOrIsRefusedWithTheElementNamed()
    {
        Assert.SkipWhen(SampleData.Missing("fhir-r4") || SampleData.Missing("fhir-uk-r4"), SampleData.Reason);
        SortedDictionary<string, Tally> tallies = new(StringComparer.Ordinal);
        foreach ((string origin, string name, byte[] body) in Bodies("fhir-r4").Concat(Bodies("fhir-uk-r4")))
        {
            Tally tally = tallies.TryGetValue(origin, out Tally? known) ? known : tallies[origin] = new Tally();
            Count(tally, $"{origin}/{name}", Push(body, name));
        }

        string table = Table(tallies);
        output.WriteLine(table);
        string path = Path.Combine(Root(), Approved);
        string approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved != table)
        {
            string received = Path.Combine(AppContext.BaseDirectory, "samples-fhir.received.md");
            File.WriteAllText(received, table);
            Assert.Fail($"{Approved} is not what the samples give now; compare it with {received}.");
        }
    }

    private static Problem? Push(byte[] body, string name)
    {
        Parsed parsed = BaseValidation.Check(body, name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) ? WireFormat.Xml : WireFormat.Json);
        if (!parsed.IsValid)
        {
            return Problem.Refused([.. parsed.Issues.Where(i => i.Refuses)]);
        }

        PushResult push = parsed.Resource switch
        {
            Bundle { Type: Bundle.BundleType.Transaction or Bundle.BundleType.Batch } bundle => FhirPushTranslator.Entries(bundle, Context),
            { Id: { } id } resource => FhirPushTranslator.Update(resource, id, null, Context),
            Resource resource => FhirPushTranslator.Create(resource, Context),
            null => throw new InvalidOperationException("A valid body has a resource."),
        };
        return push.Problem ?? push.Entries.Select(e => e.Problem).FirstOrDefault(p => p is not null);
    }

    private static void Count(Tally tally, string sample, Problem? problem)
    {
        if (problem is null)
        {
            tally.Accepted++;
            return;
        }

        tally.Refused++;
        Assert.NotEmpty(problem.ToOutcome().Issue);
        foreach (Issue issue in problem.Issues)
        {
            // Only a body that cannot be read at all has no element to name.
            Assert.True(
                issue.Expression is not null || issue.Code.EndsWith("-malformed", StringComparison.Ordinal) || issue.Code.StartsWith("resource-type", StringComparison.Ordinal),
                $"{sample}: {issue.Code} names no element");
        }

        foreach (string code in problem.Issues.Select(i => i.Code).Distinct())
        {
            tally.Codes[code] = tally.Codes.GetValueOrDefault(code) + 1;
        }
    }

    private static IEnumerable<(string Origin, string Name, byte[] Body)> Bodies(string folder)
    {
        string root = SampleData.PathOf(folder);
        foreach (string file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            string[] parts = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar);
            if (parts.Length < 2 && !file.EndsWith(".zip", StringComparison.Ordinal))
            {
                continue;
            }

            string origin = $"{folder}/{parts[0]}";
            foreach ((string name, byte[] body) in file.EndsWith(".zip", StringComparison.Ordinal) ? Unzipped(file) : [(file, File.ReadAllBytes(file))])
            {
                foreach (byte[] resource in name.EndsWith(".ndjson", StringComparison.Ordinal) ? Lines(body) : [body])
                {
                    yield return (origin, Path.GetFileName(name), resource);
                }
            }
        }
    }

    private static IEnumerable<byte[]> Lines(byte[] body) =>
        Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Encoding.UTF8.GetBytes);

    private static IEnumerable<(string, byte[])> Unzipped(string file)
    {
        using ZipArchive zip = ZipFile.OpenRead(file);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(e => e.Length > 0))
        {
            using Stream stream = entry.Open();
            using MemoryStream buffer = new();
            stream.CopyTo(buffer);
            yield return (entry.FullName, buffer.ToArray());
        }
    }

    private static string Table(SortedDictionary<string, Tally> tallies)
    {
        StringBuilder text = new();
        text.Append("# What becomes of the FHIR R4 samples\n\n")
            .Append("Every resource of the sample data is pushed as a source with mapped ids would push it: validated against base R4, then translated.\n")
            .Append("A resource is refused with an OperationOutcome that names the element. One refused for several reasons counts under each.\n")
            .Append("The test `SampleTableTests` makes this table and fails when it changes.\n\n")
            .Append("| origin | accepted | refused | refused because |\n|---|--:|--:|---|\n");
        foreach ((string origin, Tally tally) in tallies)
        {
            IEnumerable<string> codes = tally.Codes.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}");
            text.Append(CultureInfo.InvariantCulture, $"| {origin} | {tally.Accepted} | {tally.Refused} | {string.Join(", ", codes)} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| all | {tallies.Values.Sum(t => t.Accepted)} | {tallies.Values.Sum(t => t.Refused)} | |\n");
        return text.ToString();
    }

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Canonbury.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The checkout's root was not found above the test's folder.");
    }

    private sealed class Tally
    {
        public int Accepted { get; set; }

        public int Refused { get; set; }

        public SortedDictionary<string, int> Codes { get; } = new(StringComparer.Ordinal);
    }
}
