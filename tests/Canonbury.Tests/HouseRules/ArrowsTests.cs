using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Canonbury.Tests.HouseRules;

/// <summary>The arrows between the projects are the ones that docs/architecture.md draws.</summary>
public sealed partial class ArrowsTests
{
    private const string Page = "docs/architecture.md";

    [Fact]
    public void Projects_ReferToEachOther_AsTheArchitecturePageSays()
    {
        SortedDictionary<string, string> drawn = [];
        foreach (Match row in Row().Matches(Checkout.Read(Page)))
        {
            drawn[row.Groups["project"].Value] = row.Groups["uses"].Value.Trim();
        }

        SortedDictionary<string, string> built = [];
        foreach (string path in Projects("src/"))
        {
            built[Name(path)] = string.Join(", ", References(path).Order(StringComparer.Ordinal));
        }

        drawn = new(drawn.ToDictionary(row => row.Key, row => row.Value switch
        {
            "–" => "",
            "all" => string.Join(", ", built.Keys.Where(name => name != row.Key)),
            _ => string.Join(", ", row.Value.Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)),
        }));
        Assert.Equal(drawn, built);
    }

    [Fact]
    public void Solution_NamesEveryProject()
    {
        string solution = Checkout.Read("Canonbury.slnx");
        Checkout.NothingFound(
            Projects("").Where(path => !path.StartsWith("scripts/", StringComparison.Ordinal) && !solution.Contains($"\"{path}\"", StringComparison.Ordinal)),
            "Projects that Canonbury.slnx does not name:");
    }

    private static IEnumerable<string> Projects(string under) =>
        Checkout.Files.Where(path => path.StartsWith(under, StringComparison.Ordinal) && path.EndsWith(".csproj", StringComparison.Ordinal));

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')).Replace("Canonbury.", "", StringComparison.Ordinal);

    private static IEnumerable<string> References(string path) =>
        XDocument.Parse(Checkout.Read(path)).Descendants("ProjectReference").Select(reference => Name(reference.Attribute("Include")!.Value));

    [GeneratedRegex(@"^\| `Canonbury\.(?<project>\w+)` \|[^|]*\| (?<uses>[^|]+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
