using System.Text.RegularExpressions;
using Xunit;

namespace Canonbury.Tests.HouseRules;

/// <summary>Links in the pages resolve, and decisions are numbered and say what a decision says.</summary>
public sealed partial class DocsTests
{
    private static IEnumerable<string> Pages => Checkout.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal));

    private static string[] Decisions => [.. Checkout.Files.Where(path => path.StartsWith("docs/decisions/", StringComparison.Ordinal))];

    [Fact]
    public void Links_Resolve() => Checkout.NothingFound(
        from path in Pages
        from Match link in Link().Matches(Fenced().Replace(Checkout.Read(path), ""))
        let target = link.Groups["target"].Value
        where !target.Contains(':', StringComparison.Ordinal) && target.Length > 0
        where !Path.Exists(Path.Combine(Checkout.Root, Path.GetDirectoryName(path)!, target))
        select $"{path}: {target}",
        "Links to nothing:");

    [Fact]
    public void Paths_ThatPagesName_Exist() => Checkout.NothingFound(
        from path in Pages
        from Match named in NamedPath().Matches(Checkout.Read(path))
        where !Path.Exists(Path.Combine(Checkout.Root, named.Groups["path"].Value))
        select $"{path}: {named.Groups["path"].Value}",
        "Paths that pages name and that are not there:");

    [Fact]
    public void Decisions_AreNumberedWithoutGaps() => Assert.Equal(
        Decisions.Select((_, at) => $"{at + 1:0000}"),
        Decisions.Select(path => Path.GetFileName(path)[..4]));

    [Fact]
    public void Decisions_SayStatusContextDecisionAndConsequences() => Checkout.NothingFound(
        from path in Decisions
        from heading in new[] { "## Status", "## Context", "## Decision", "## Consequences" }
        where !Checkout.Read(path).Contains($"\n{heading}\n", StringComparison.Ordinal)
        select $"{path}: {heading}",
        "Headings that are missing:");

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\((?<target>[^)#\s]*)(#[^)\s]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<path>(src|tests|docs|scripts|bench)/[\\w./-]+)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
