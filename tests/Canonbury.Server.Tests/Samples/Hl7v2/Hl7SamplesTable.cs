using System.Globalization;
using System.Text;
using Canonbury.Fhir.Types;

namespace Canonbury.Server.Tests.Samples.Hl7v2;

/// <summary>What became of the samples, as the page docs/samples-hl7v2.md.</summary>
internal static class Hl7SamplesTable
{
    public const string Page = "docs/samples-hl7v2.md";

    private const string Head = """
        # What becomes of the HL7 v2 samples

        Every file of the sample data (`hl7v2`) goes through the inbox and the pipeline of a server on SQLite, each origin on a feed of its own,
        with sources by MSH-3 and MSH-4. A message ends in the record, or in the dead letters with segment, field and class of value; none waits,
        and none fails. A message that another file of the origin holds byte for byte, with its control id, is a duplicate and has no second
        effect. *Unmapped* counts the fields that held a value which no map used.

        The test `Hl7SamplesTests` makes this page and fails when it changes.

        | origin | messages | duplicates | in the record | dead letters | by reason | unmapped |
        |---|--:|--:|--:|--:|---|--:|

        """;

    public static string Write(Hl7SampleRun run)
    {
        StringBuilder text = new(Head.ReplaceLineEndings("\n"));
        OriginCounts total = new();
        foreach ((string origin, OriginCounts counts) in run.Origins)
        {
            AddRow(text, origin, counts);
            Add(total, counts);
        }

        AddRow(text, "**all**", total);
        AddTable(text, "Where dead letters went wrong", "field and reason", run.Counts(
            "SELECT reason_path || ' ' || reason_code || ': ' || reason, count(*) FROM message WHERE state = 2 GROUP BY reason_path, reason_code, reason ORDER BY 2 DESC, 1"));
        AddTable(text, "What is in the record", "type", [.. run.Query(
            "SELECT type, count(*) FROM resource WHERE deleted = 0 GROUP BY type", row => (ResourceTypes.NameOf(row.Int(0)), row.Long(1))).OrderBy(row => row.Item1, StringComparer.Ordinal)]);
        AddTable(text, "Patients and people", "who", run.Counts(
            """
            SELECT 'patients: ' || state, count(*) FROM link WHERE ended_at IS NULL GROUP BY state
            UNION ALL SELECT 'patients that go on under another', count(*) FROM patient WHERE replaced_by IS NOT NULL
            UNION ALL SELECT 'people', count(DISTINCT person) FROM person_patient
            ORDER BY 1
            """));
        AddTable(text, "Findings: what was wrong and did not stop a message", "code", run.Counts("SELECT code, count(*) FROM finding GROUP BY code ORDER BY 2 DESC, 1"));
        AddTable(text, "Unmapped fields: the sixty most frequent", "field", run.Counts(
            "SELECT path, CAST(sum(occurrences) AS bigint) FROM unmapped GROUP BY path ORDER BY 2 DESC, 1 LIMIT 60"));
        AddTable(text, "Files: what is wrong with them", "code", [.. run.FileFindings.Select(pair => (pair.Key, pair.Value))]);
        AddTable(text, "Files that are no messages", "what they are", [.. run.NotTaken.Select(pair => (pair.Key, pair.Value))]);
        return text.ToString();
    }

    private static void AddRow(StringBuilder text, string origin, OriginCounts counts)
    {
        string reasons = string.Join(", ", counts.DeadLetters.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
        text.Append(CultureInfo.InvariantCulture, $"| {origin} | {counts.Messages} | {counts.Duplicates} | {counts.InTheRecord} |")
            .Append(CultureInfo.InvariantCulture, $" {counts.DeadLetters.Values.Sum()} | {reasons} | {counts.Unmapped} |\n");
    }

    private static void AddTable(StringBuilder text, string heading, string what, IEnumerable<(string Words, long Count)> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n| {what} | times |\n|---|--:|\n");
        foreach ((string words, long count) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {words} | {count} |\n");
        }
    }

    private static void Add(OriginCounts total, OriginCounts counts)
    {
        total.Messages += counts.Messages;
        total.Duplicates += counts.Duplicates;
        total.InTheRecord += counts.InTheRecord;
        total.Unmapped += counts.Unmapped;
        foreach ((string reason, long count) in counts.DeadLetters)
        {
            total.DeadLetters[reason] = total.DeadLetters.GetValueOrDefault(reason) + count;
        }
    }
}
