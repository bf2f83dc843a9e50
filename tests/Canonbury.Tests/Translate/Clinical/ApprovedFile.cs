using Xunit;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>Compares a text with a committed file; a change is a decision that a person makes.</summary>
internal static class ApprovedFile
{
    private const string Approve = "CANONBURY_APPROVE";

    /// <param name="path">From the root of the checkout.</param>
    public static void Check(string path, string text)
    {
        string file = Path.Combine(Root(), path);
        if (Environment.GetEnvironmentVariable(Approve) == "1")
        {
            File.WriteAllText(file, text);
            return;
        }

        string approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        Assert.True(
            approved == text,
            $"{path} is not what this run gives. When the difference is right, run the test again with {Approve}=1 and commit the file.");
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Canonbury.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside a checkout.");
    }
}
