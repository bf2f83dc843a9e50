using System.Globalization;
using System.Text;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>The table of all samples, as Markdown.</summary>
internal static class SampleTable
{
    public static string Write(SampleRun run)
    {
        StringBuilder text = new();
        text.Append("""
            # What becomes of the HL7 v2 samples

            Written by the test `AllSamplesTests` and checked by it at every run; `CANONBURY_APPROVE=1` writes it anew. Each message is
            translated or refused with a reason (a dead letter); nothing else happens. The resources are counted once a message; unmapped
            fields hold a value that no map reads.

            | origin | messages | translated | refused, by reason | resources, by type | unmapped fields |
            | --- | ---: | ---: | --- | --- | ---: |

            """.ReplaceLineEndings("\n"));
        OriginCounts total = new();
        foreach ((string origin, OriginCounts counts) in run.Origins)
        {
            AddRow(text, origin, counts);
            Add(total, counts);
        }

        AddRow(text, "**all**", total);
        text.Append("\n## Files that hold no message\n\n| why | files |\n| --- | ---: |\n");
        AddCounts(text, run.NoMessages);
        text.Append("\n## Findings\n\nWhat was wrong and did not stop a message.\n\n| code | times |\n| --- | ---: |\n");
        AddCounts(text, run.Findings);
        text.Append("\n## Unmapped fields\n\nThe forty most frequent.\n\n| field | times |\n| --- | ---: |\n");
        AddCounts(
            text, run.UnmappedFields.OrderByDescending(field => field.Value).ThenBy(field => field.Key, StringComparer.Ordinal).Take(40));
        return text.ToString();
    }

    private static void AddRow(StringBuilder text, string origin, OriginCounts counts) => text.Append(
        CultureInfo.InvariantCulture,
        $"| {origin} | {counts.Messages} | {counts.Translated} | {List(counts.Refused)} | {List(counts.Resources)} |")
        .Append(CultureInfo.InvariantCulture, $" {counts.Unmapped} |\n");

    private static string List(SortedDictionary<string, int> counts) =>
        string.Join(", ", counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));

    private static void AddCounts(StringBuilder text, IEnumerable<KeyValuePair<string, int>> counts)
    {
        foreach ((string key, int count) in counts)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {key} | {count} |\n");
        }
    }

    private static void Add(OriginCounts total, OriginCounts counts)
    {
        total.Messages += counts.Messages;
        total.Translated += counts.Translated;
        total.Unmapped += counts.Unmapped;
        Merge(total.Refused, counts.Refused);
        Merge(total.Resources, counts.Resources);
    }

    private static void Merge(SortedDictionary<string, int> into, SortedDictionary<string, int> from)
    {
        foreach ((string key, int count) in from)
        {
            into[key] = into.GetValueOrDefault(key) + count;
        }
    }
}
