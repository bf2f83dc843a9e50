using System.Text.RegularExpressions;
using Xunit;

namespace Canonbury.Tests.HouseRules;

/// <summary>The files of the checkout that people write; what builds, packages and data folders hold is left out.</summary>
internal static class Checkout
{
    private static readonly string[] NotWritten = [".git", ".vs", ".idea", "artifacts", "node_modules", "bin", "obj", "data", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths below the root with forward slashes, such as <c>src/Canonbury.Fhir/Ids/PersonId.cs</c>, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(new DirectoryInfo(Root)).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Code => Files.Where(path =>
        Regex.IsMatch(path, "^(src|tests|bench)/") && (path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Fails with every finding, one a line, so that one run shows all there is to mend.</summary>
    public static void NothingFound(IEnumerable<string> findings, string rule)
    {
        string[] all = [.. findings.Distinct().Order(StringComparer.Ordinal)];
        Assert.True(all.Length == 0, $"{rule}\n  {string.Join("\n  ", all)}");
    }

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        foreach (FileInfo file in folder.EnumerateFiles())
        {
            // In a worktree .git is a file that names a folder of the machine.
            if (file.Name != ".git")
            {
                yield return Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
            }
        }

        foreach (DirectoryInfo child in folder.EnumerateDirectories())
        {
            bool packages = child.Name == "lib" && child.Parent?.Name == "wwwroot";
            if (child.LinkTarget is null && !packages && !NotWritten.Contains(child.Name))
            {
                foreach (string path in Walk(child))
                {
                    yield return path;
                }
            }
        }
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Canonbury.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The house rules read the checkout: run the tests inside it.");
    }
}
