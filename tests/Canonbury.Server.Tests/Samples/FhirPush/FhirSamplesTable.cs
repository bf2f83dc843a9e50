using System.Globalization;
using System.Text;

namespace Canonbury.Server.Tests.Samples.FhirPush;

/// <summary>What became of the samples, as the page docs/samples-fhir.md.</summary>
internal static class FhirSamplesTable
{
    public const string Page = "docs/samples-fhir.md";

    private const string Head = """
        # What becomes of the FHIR R4 samples

        Every resource of the sample data (`fhir-r4`, `fhir-uk-r4`: JSON, XML, lines of NDJSON, entries of archives) is sent to the FHIR API over
        HTTP by a registered client of its origin: bundles of type transaction and batch to the base, what has an id by update, the rest by
        create. What is accepted is read back as JSON and as XML, and is what was sent but for id, meta and references. What is refused is
        refused with an OperationOutcome that names the element.

        The test `FhirSamplesTests` makes this page and fails when it changes. *Resources* are those that the accepted ones wrote: one, or a
        bundle's entries. A batch of which an entry was refused counts as refused, though its other entries are in the record. One refused for
        several reasons counts under each.


        """;

    public static string Write(FhirSampleRun mapped, FhirSampleRun kept)
    {
        StringBuilder text = new(Head.ReplaceLineEndings("\n"));
        text.Append("## Clients whose ids are mapped\n\n");
        Add(text, mapped);
        text.Append("\n## Clients whose ids are kept\n\nThe same, after the others, where an id that another origin has taken is refused too.\n\n");
        Add(text, kept);
        return text.ToString();
    }

    private static void Add(StringBuilder text, FhirSampleRun run)
    {
        text.Append("| origin | accepted | refused | resources | refused because |\n|---|--:|--:|--:|---|\n");
        foreach ((string origin, OriginTally tally) in run.Origins)
        {
            AddRow(text, origin, tally);
        }

        AddRow(text, "**all**", run.Total);
    }

    private static void AddRow(StringBuilder text, string origin, OriginTally tally)
    {
        IEnumerable<string> codes = tally.Codes.OrderByDescending(code => code.Value).ThenBy(code => code.Key, StringComparer.Ordinal)
            .Select(code => string.Create(CultureInfo.InvariantCulture, $"{code.Key} {code.Value}"));
        text.Append(CultureInfo.InvariantCulture, $"| {origin} | {tally.Accepted} | {tally.Refused} | {tally.Resources} | {string.Join(", ", codes)} |\n");
    }
}
