using Canonbury.Fhir.Ids;
using Canonbury.Translate;
using Canonbury.Translate.Hl7v2;
using Hl7.Fhir.Model;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>What came of the samples of one origin.</summary>
internal sealed class OriginCounts
{
    public int Messages { get; set; }

    public int Translated { get; set; }

    public int Unmapped { get; set; }

    public SortedDictionary<string, int> Refused { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Resources { get; } = new(StringComparer.Ordinal);
}

/// <summary>One run over all samples.</summary>
internal sealed class SampleRun
{
    private static readonly TranslationContext Context = new(
        new SourceId("samples"),
        TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public SortedDictionary<string, OriginCounts> Origins { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> NoMessages { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> UnmappedFields { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Findings { get; } = new(StringComparer.Ordinal);

    /// <summary>Exceptions other than a refusal, with the file.</summary>
    public List<string> Crashes { get; } = [];

    /// <summary>Resources that the SDK's base validation does not take.</summary>
    public List<string> Invalid { get; } = [];

    public static SampleRun Of(string folder)
    {
        SampleRun run = new();
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            run.Take(path, Path.GetRelativePath(folder, path));
        }

        return run;
    }

    private void Take(string path, string name)
    {
        if (SampleFiles.WhyNoMessage(path) is { } why)
        {
            Count(NoMessages, why);
            return;
        }

        string origin = name.Split(Path.DirectorySeparatorChar)[0];
        if (!Origins.TryGetValue(origin, out OriginCounts? counts))
        {
            Origins.Add(origin, counts = new OriginCounts());
        }

        foreach (ReadOnlyMemory<byte> message in SampleFiles.MessagesOf(path))
        {
            counts.Messages++;
            Translate(message, name, counts);
        }
    }

    private void Translate(ReadOnlyMemory<byte> message, string name, OriginCounts counts)
    {
        try
        {
            Translation translation = Hl7v2Translator.Translate(message, Context);
            counts.Translated++;
            counts.Unmapped += translation.Unmapped.Sum(field => field.Count);
            foreach (UnmappedField field in translation.Unmapped)
            {
                Count(UnmappedFields, field.Path, field.Count);
            }

            foreach (Finding finding in translation.Findings)
            {
                Count(Findings, finding.Code);
            }

            foreach (Resource content in translation.Statements.Select(statement => statement.Content).DistinctBy(Key))
            {
                Count(counts.Resources, content.TypeName);
            }

            Invalid.AddRange(StatementValidation.Problems(translation).Select(problem => $"{name}: {problem}"));
        }
        catch (UntranslatableException refusal)
        {
            Count(counts.Refused, refusal.Code);
        }
        catch (Exception crash) when (crash is not OutOfMemoryException)
        {
            Crashes.Add($"{name}: {crash}");
        }
    }

    private static (string, string?) Key(Resource content) => (content.TypeName, content.Id);

    private static void Count(SortedDictionary<string, int> counts, string key, int by = 1) =>
        counts[key] = counts.GetValueOrDefault(key) + by;
}
