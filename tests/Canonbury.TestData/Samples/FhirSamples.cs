using System.IO.Compression;
using System.Text;
using Canonbury.Fhir.Json;

namespace Canonbury.TestData.Samples;

/// <summary>One resource of the sample data, as a system would send it.</summary>
/// <param name="Origin">Folder of the sample data and of who made it, such as <c>fhir-uk-r4/pds</c>.</param>
/// <param name="Name">The file, with the entry of an archive or the line of NDJSON.</param>
public sealed record FhirSample(string Origin, string Name, WireFormat Format, byte[] Body);

/// <summary>Every FHIR R4 sample: files in JSON and XML, lines of NDJSON, entries of archives. Only the manifests are left out.</summary>
public static class FhirSamples
{
    public static readonly IReadOnlyList<string> Folders = ["fhir-r4", "fhir-uk-r4"];

    public static bool Missing => Folders.Any(SampleData.Missing);

    public static IEnumerable<FhirSample> All() => Folders.SelectMany(In);

    /// <summary>Every sample in a folder of the sample data; call <see cref="SampleData.Missing"/> first.</summary>
    public static IEnumerable<FhirSample> In(string folder)
    {
        string root = SampleData.PathOf(folder);
        foreach (string path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (Path.GetExtension(name) is ".json" or ".xml" or ".ndjson" or ".zip")
            {
                string origin = $"{folder}/{name.Split('/')[0].Replace(".zip", "", StringComparison.Ordinal)}";
                foreach ((string inside, byte[] body) in Path.GetExtension(path) == ".zip" ? Unzipped(path) : [(name, File.ReadAllBytes(path))])
                {
                    foreach (FhirSample sample in Resources(origin, inside, body))
                    {
                        yield return sample;
                    }
                }
            }
        }
    }

    private static IEnumerable<FhirSample> Resources(string origin, string name, byte[] body) => Path.GetExtension(name) switch
    {
        ".ndjson" => Encoding.UTF8.GetString(body)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select((line, number) => new FhirSample(origin, $"{name}:{number + 1}", WireFormat.Json, Encoding.UTF8.GetBytes(line))),
        ".xml" => [new FhirSample(origin, name, WireFormat.Xml, body)],
        _ => [new FhirSample(origin, name, WireFormat.Json, body)],
    };

    private static IEnumerable<(string Name, byte[] Body)> Unzipped(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Length > 0).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            using Stream stream = entry.Open();
            using MemoryStream buffer = new();
            stream.CopyTo(buffer);
            yield return (entry.FullName, buffer.ToArray());
        }
    }
}
