using System.Text.RegularExpressions;
using Canonbury.TestData.Samples;
using Canonbury.Tests.HouseRules;
using Canonbury.Translate.Hl7v2;
using Xunit;

namespace Canonbury.Tests.Translate.Hl7v2;

/// <summary>What docs/translate-hl7v2.md says of HL7's published tables (HL7/v2-to-fhir) is true: which exist, and where none does.</summary>
public sealed partial class MappingTablesTests
{
    private const string Page = "docs/translate-hl7v2.md";

    /// <summary>HL7 table 0354: the events of the structures that a table may be published for.</summary>
    private static readonly Dictionary<string, string> EventsOf = new()
    {
        ["ADT_A01"] = "A01 A04 A08 A13",
        ["ADT_A02"] = "A02",
        ["ADT_A05"] = "A05 A14 A28 A31",
        ["ADT_A06"] = "A06 A07",
        ["ADT_A09"] = "A09 A10 A11",
        ["ADT_A11"] = "A11",
        ["ADT_A17"] = "A17",
        ["MDM_T02"] = "T02 T04 T06 T08 T10",
        ["OML_O21"] = "O21",
        ["ORM_O01"] = "O01",
        ["ORU_R01"] = "R01",
        ["SIU_S12"] = "S12 S13 S14 S15 S16 S17 S18 S19 S20 S21 S22 S23 S24 S26",
        ["VXU_V04"] = "V04",
    };

    /// <summary>Codes whose structures cover every event that there is.</summary>
    private static readonly string[] Complete = ["ORM", "SIU", "VXU"];

    [Fact]
    public void MessagesWithoutATable_AreTheseAndNoOthers()
    {
        Assert.SkipWhen(SampleData.Missing("v2-to-fhir"), SampleData.Reason);
        string[] structures = Published("messages");
        Assert.Equal(structures, EventsOf.Keys.Order(StringComparer.Ordinal));
        SortedDictionary<string, string> expected = new(StringComparer.Ordinal);
        foreach (IGrouping<string, MessageMap> code in MessageMaps.All.GroupBy(map => map.Code).Where(code => IsUsed(code.Key)))
        {
            string[] events = [.. EventsOf.Where(pair => pair.Key.StartsWith(code.Key, StringComparison.Ordinal)).SelectMany(pair => pair.Value.Split(' ')).Distinct()];
            string[] triggers = [.. code.SelectMany(map => map.Triggers.Split(' '))];
            string without = triggers is not ["*"] ? string.Join(' ', triggers.Except(events).Order(StringComparer.Ordinal))
                : events.Length == 0 ? "all"
                : "all but " + string.Join(' ', events);
            if (without.Length > 0 && !Complete.Contains(code.Key))
            {
                expected.Add(code.Key, without);
            }
        }

        Assert.Equal(expected, new SortedDictionary<string, string>(
            MessageRow().Matches(Checkout.Read(Page)).ToDictionary(row => row.Groups["code"].Value, row => row.Groups["events"].Value), StringComparer.Ordinal));
    }

    [Fact]
    public void SegmentsWithoutATable_HaveNone_AndEverySegmentThatIsReadHasATableOrARow()
    {
        Assert.SkipWhen(SampleData.Missing("v2-to-fhir"), SampleData.Reason);
        string[] tables = Published("segments");
        (string Segment, string Becomes)[] rows =
            [.. SegmentRow().Matches(Checkout.Read(Page)).Select(row => (row.Groups["segment"].Value, row.Groups["becomes"].Value))];
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.DoesNotContain(tables, table => table.StartsWith($"{row.Segment}[{row.Becomes}", StringComparison.Ordinal)));

        HashSet<string> segments = [.. File.ReadLines(SampleData.PathOf("v2-to-fhir", "chapterdata.csv")).Select(line => line.Split(','))
            .Where(cells => cells[0] == "Segment").Select(cells => cells[^6].Trim())];
        string[] read = [.. Maps().SelectMany(code => ReadSegment().Matches(code)).Select(match => match.Groups["segment"].Value).Where(segments.Contains).Distinct()];
        Assert.True(read.Length > 25, $"only {read.Length} segments were found in the code");
        Assert.All(read, segment => Assert.True(
            tables.Any(table => table.StartsWith(segment + "[", StringComparison.Ordinal)) || rows.Any(row => row.Segment == segment), $"{segment} has neither table nor row"));
    }

    [Fact]
    public void EveryTableThatTheCodeNames_IsPublished()
    {
        Assert.SkipWhen(SampleData.Missing("v2-to-fhir"), SampleData.Reason);
        string[] tables = [.. new[] { "messages", "segments", "datatypes", "codesystems" }.SelectMany(Published)];
        string[] named = [.. Maps().SelectMany(code => NamedTable().Matches(code)).Select(match => match.Groups["table"].Value).Distinct()];

        Assert.True(named.Length > 25, $"only {named.Length} tables are named in the code");
        Assert.All(named, name => Assert.Contains(tables, table => table == name || table.StartsWith(name + "_-_", StringComparison.Ordinal)));
    }

    /// <summary>Messages that are refused need no table.</summary>
    private static bool IsUsed(string code) => code is not ("ACK" or "MCF" or "QCK" or "QBP" or "QRY" or "VXQ" or "OSQ" or "RSP" or "VXR" or "VXX" or "ADR" or "MFN" or "MFK");

    private static IEnumerable<string> Maps() => Checkout.Files
        .Where(path => path.StartsWith("src/Canonbury.Translate/Hl7v2/", StringComparison.Ordinal) && !path.Contains("/Parsing/", StringComparison.Ordinal))
        .Select(Checkout.Read);

    private static string[] Published(string folder) =>
        [.. Directory.EnumerateFiles(SampleData.PathOf("v2-to-fhir", folder), "*.csv").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^\| (?<code>[A-Z]{3}) \| (?<events>(all|[A-Z]\d\d)[A-Z0-9a-z ]*?) \|", RegexOptions.Multiline)]
    private static partial Regex MessageRow();

    [GeneratedRegex(@"^\| (?<segment>[A-Z][A-Z0-9]{2}) \| (?<becomes>[A-Z][a-zA-Z]+) \|", RegexOptions.Multiline)]
    private static partial Regex SegmentRow();

    [GeneratedRegex("""(?:(?:First|All|Is)\(|case |^\s+)"(?<segment>[A-Z][A-Z][A-Z0-9])"(?:\)| =>|:| when)""", RegexOptions.Multiline)]
    private static partial Regex ReadSegment();

    [GeneratedRegex(@"(?<table>\b[A-Z][A-Za-z0-9]*\[[A-Z][A-Za-z.-]+\])")]
    private static partial Regex NamedTable();
}
