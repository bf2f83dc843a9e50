using System.IO.Compression;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Validation.Profiles;
using Hl7.Fhir.Model;

namespace Canonbury.TestData.Samples;

/// <summary>UK Core as its publishers have it: profiles, value sets and code systems.</summary>
public static class UkCore
{
    private static readonly Lazy<ProfileSet> Loaded = new(() => new ProfileSet(Resources()));

    public static bool Missing => SampleData.Missing("fhir-uk-conformance");

    public static ProfileSet Profiles => Loaded.Value;

    /// <summary>Writes every definition as a file of its own, as someone who installs them would have them.</summary>
    public static void ExtractTo(string folder) => ZipFile.ExtractToDirectory(SampleData.PathOf("fhir-uk-conformance", "uk-core-r4.zip"), folder);

    private static IEnumerable<Resource> Resources()
    {
        using ZipArchive zip = ZipFile.OpenRead(SampleData.PathOf("fhir-uk-conformance", "uk-core-r4.zip"));
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Name.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using Stream stream = entry.Open();
            using MemoryStream buffer = new();
            stream.CopyTo(buffer);
            if (FhirXml.Parse(buffer.ToArray()).Resource is { } resource)
            {
                yield return resource;
            }
        }
    }
}
