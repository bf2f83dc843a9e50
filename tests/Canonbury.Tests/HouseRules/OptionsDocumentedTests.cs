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
            let section = Path.GetFileName(path)[..^"Options.cs".Length]
            from Match property in Property().Matches(Checkout.Read(path))
            let key = $"{section}:{property.Groups["name"].Value}"
            where !page.Contains($"`{key}`", StringComparison.Ordinal)
            select $"{key} ({path})",
            $"Options that {Page} does not name:");
    }

    [GeneratedRegex(@"^    public (?!static|const)[\w<>?,\[\] .]+ (?<name>[A-Z]\w*) \{ get; (set|init);", RegexOptions.Multiline)]
    private static partial Regex Property();
}
