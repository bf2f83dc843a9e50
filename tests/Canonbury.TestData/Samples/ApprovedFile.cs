namespace Canonbury.TestData.Samples;

/// <summary>Compares a text with a committed file; a change is a decision that a person makes.</summary>
public static class ApprovedFile
{
    private const string Approve = "CANONBURY_APPROVE";

    /// <summary>What is wrong, or null. With <c>CANONBURY_APPROVE=1</c> the file is written anew.</summary>
    /// <param name="path">From the root of the checkout.</param>
    public static string? Difference(string path, string text)
    {
        string file = Path.Combine(Root(), path);
        if (Environment.GetEnvironmentVariable(Approve) == "1")
        {
            File.WriteAllText(file, text);
            return null;
        }

        string[] approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n') : [];
        string[] now = text.Split('\n');
        if (approved.SequenceEqual(now))
        {
            return null;
        }

        IEnumerable<string> gone = approved.Except(now).Select(line => "- " + line);
        IEnumerable<string> come = now.Except(approved).Select(line => "+ " + line);
        return $"{path} is not what this run gives. When the difference is right, run the test again with {Approve}=1 and commit the file.\n"
            + string.Join('\n', gone.Concat(come));
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
