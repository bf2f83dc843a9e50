using System.Text.RegularExpressions;
using Xunit;

namespace Canonbury.Tests.HouseRules;

/// <summary>Every hazard of the log names tests that exist, or says that it is open.</summary>
public sealed partial class HazardLogTests(ITestOutputHelper output)
{
    private const string Page = "docs/safety/hazard-log.md";

    [Fact]
    public void Hazards_AreNumberedWithoutGaps() =>
        Assert.Equal(Enumerable.Range(1, 20), Rows().Select(row => int.Parse(row.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Hazards_NameTestsThatExist_OrSayOpen()
    {
        HashSet<string> tests = [.. Checkout.Code
            .Where(path => path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(path => TestMethod().Matches(Checkout.Read(path)).Select(test => $"{Path.GetFileNameWithoutExtension(path)}.{test.Groups["name"].Value}"))];
        Match[] rows = [.. Rows()];
        int open = rows.Count(row => row.Groups["tests"].Value.Contains("open", StringComparison.Ordinal));
        output.WriteLine($"REPORT hazard log: {open} of {rows.Length} hazards are open or open in part");

        Checkout.NothingFound(
            from row in rows
            let words = row.Groups["tests"].Value
            let named = Quoted().Matches(words).Select(name => name.Groups["name"].Value).ToArray()
            from finding in named.Length == 0 && !words.Contains("open", StringComparison.Ordinal)
                ? ["names no test and does not say open"]
                : named.Where(name => !tests.Contains(name)).Select(name => $"no such test: {name}")
            select $"hazard {row.Groups["number"].Value}: {finding}",
            $"{Page}:");
    }

    private static IEnumerable<Match> Rows() => Row().Matches(Checkout.Read(Page));

    [GeneratedRegex(@"^\| (?<number>\d+) \|[^|]*\|[^|]*\|(?<tests>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:void|Task|ValueTask) (?<name>\w+)\(")]
    private static partial Regex TestMethod();
}
