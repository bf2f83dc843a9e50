namespace Canonbury.TestData.Samples;

/// <summary>
/// The real-world sample data that stands beside the checkout, in <c>../shared/data</c> or where <c>CANONBURY_SAMPLES</c> says.
/// A test that needs it calls <c>Assert.SkipWhen(SampleData.Missing("hl7v2"), SampleData.Reason)</c>, so that its absence is seen.
/// </summary>
public static class SampleData
{
    public const string Reason = "The sample data is not here: put it in ../shared/data or set CANONBURY_SAMPLES.";

    private static readonly string? Root = Find();

    public static bool Missing(string folder) => Root is null || !Directory.Exists(Path.Combine(Root, folder));

    /// <summary>The full path of a file or folder of the sample data; call <see cref="Missing"/> first.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root ?? throw new DirectoryNotFoundException(Reason), .. parts]);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CANONBURY_SAMPLES") is { Length: > 0 } named)
        {
            return named;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Canonbury.slnx")))
            {
                string beside = Path.Combine(folder.FullName, "..", "shared", "data");
                return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
            }
        }

        return null;
    }
}
