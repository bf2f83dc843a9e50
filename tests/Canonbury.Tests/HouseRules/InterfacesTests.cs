using System.Text.RegularExpressions;
using Xunit;

namespace Canonbury.Tests.HouseRules;

/// <summary>An interface has two implementations or stands for something outside the process; otherwise call the class.</summary>
public sealed partial class InterfacesTests
{
    /// <summary>Interfaces that stand for something outside the process, each with what it stands for.</summary>
    private static readonly Dictionary<string, string> Outside = [];

    [Fact]
    public void Interfaces_HaveTwoImplementations()
    {
        (string Path, string Text)[] code = [.. Checkout.Code.Where(path => path.StartsWith("src/", StringComparison.Ordinal)).Select(path => (path, Checkout.Read(path)))];
        Checkout.NothingFound(
            from file in code
            from Match declared in Declaration().Matches(file.Text)
            let name = declared.Groups["name"].Value
            where !Outside.ContainsKey(name)
            let implementations = code.Sum(other => Regex.Count(other.Text, $@"\b(class|struct|record)\s[^;{{=]*:[^{{;]*\b{name}\b"))
            where implementations < 2
            select $"{file.Path}: {name} has {implementations}",
            "Interfaces with fewer than two implementations:");
    }

    [GeneratedRegex(@"\binterface\s+(?<name>I[A-Z]\w*)")]
    private static partial Regex Declaration();
}
