using System.Text.RegularExpressions;
using Xunit;

namespace Canonbury.Tests.HouseRules;

/// <summary>Every setting that the program reads stands in docs/configuration.md, by its full key.</summary>
public sealed partial class OptionsDocumentedTests
{
    private const string Page = "docs/configuration.md";

    [Fact]
    public void Options_StandInTheConfigurationPage()
    {
        string page = Checkout.Read(Page);
        Checkout.NothingFound(
            from path in Checkout.Code
            where path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith("Options.cs", StringComparison.Ordinal)
            let text = Checkout.Read(path)
            // Settings are classes; a record of options is what one method takes.
            where text.Contains("sealed class ", StringComparison.Ordinal)
            let section = Section().Match(text).Groups["name"].Value
            from Match property in Property().Matches(text)
            let name = property.Groups["name"].Value
            where !Regex.IsMatch(page, $@"`{section}[\w:]*:{name}`")
            select $"{section}:{name} ({path})",
            $"Options that {Page} does not name:");
    }

    // A part of a section (one port, one folder) names no section of its own: its keys stand below the whole's.
    [GeneratedRegex("const string Section(Name)? = \"(?<name>[\\w:]+)\"")]
    private static partial Regex Section();

    [GeneratedRegex(@"^    public (?!static|const)[\w<>?,\[\] .]+ (?<name>[A-Z]\w*) \{ get; (set|init);", RegexOptions.Multiline)]
    private static partial Regex Property();
}
