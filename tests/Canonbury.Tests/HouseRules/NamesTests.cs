using System.Text.RegularExpressions;
using Xunit;

namespace Canonbury.Tests.HouseRules;

/// <summary>A name says what a thing is; drawers for everything are not opened, and size is not hidden.</summary>
public sealed partial class NamesTests
{
    [Fact]
    public void Types_DoNotEndInAVagueWord() => Checkout.NothingFound(
        from path in Checkout.Code
        from Match type in TypeDeclaration().Matches(Checkout.Read(path))
        where Vague().IsMatch(type.Groups["name"].Value)
        select $"{path}: {type.Groups["name"].Value}",
        "Names that do not say what the thing is:");

    [Fact]
    public void FilesAndFolders_DoNotEndInAVagueWord() => Checkout.NothingFound(
        Checkout.Code.Where(path => path.Split('/').Any(part => Vague().IsMatch(part.Split('.')[0]) || Drawer().IsMatch(part))),
        "Files and folders that do not say what is in them:");

    [Fact]
    public void Types_AreNotSpreadOverSeveralFiles() => Checkout.NothingFound(
        from path in Checkout.Code
        where path.EndsWith(".cs", StringComparison.Ordinal)
        let text = Checkout.Read(path)
        let space = Namespace().Match(text).Groups["name"].Value
        from Match type in TypeDeclaration().Matches(text)
        where type.Value.Contains("partial", StringComparison.Ordinal)
        group path by $"{space}.{type.Groups["name"].Value}" into parts
        where parts.Distinct().Count() > 1
        select $"{parts.Key}: {string.Join(", ", parts.Distinct())}",
        "Partial types in several files (partial is for generators only):");

    [GeneratedRegex(@"^[ \t]*(?:(?:public|internal|private|protected|file|static|sealed|abstract|readonly|partial|ref)\s+)*(?:class|struct|record(?:\s+(?:class|struct))?|interface|enum)\s+(?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex("(Helpers?|Utils?|Utilit(y|ies)|Common|Managers?|Extensions|Base|Impl|Misc)$")]
    private static partial Regex Vague();

    [GeneratedRegex("^(Models|Interfaces|Implementations|Abstractions)$")]
    private static partial Regex Drawer();
}
