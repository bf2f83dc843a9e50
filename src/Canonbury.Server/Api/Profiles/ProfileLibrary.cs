using System.Formats.Tar;
using System.IO.Compression;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Validation.Profiles;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Api.Profiles;

/// <summary>
/// The profiles, value sets and code systems of the folder that the deployer names: files in JSON or XML, and FHIR packages (<c>.tgz</c>). Read
/// once, when first needed.
/// </summary>
public sealed class ProfileLibrary
{
    private readonly Lazy<ProfileSet> profiles;
    private readonly ILogger<ProfileLibrary> log;

    public ProfileLibrary(IOptions<ServerOptions> options, ILogger<ProfileLibrary> log)
    {
        this.log = log;
        profiles = new Lazy<ProfileSet>(() => options.Value.ProfilesFolder is { } folder ? Load(folder) : ProfileSet.Empty);
    }

    public ProfileSet Profiles => profiles.Value;

    private ProfileSet Load(string folder)
    {
        ProfileSet set = new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(file => file.EndsWith(".tgz", StringComparison.Ordinal) ? Package(file) : One(file, File.ReadAllBytes(file))));
        log.LogInformation("The folder of profiles holds {Count} definitions.", set.Count);
        return set;
    }

    // https://confluence.hl7.org/display/FHIR/NPM+Package+Specification: definitions stand in the folder "package".
    private IEnumerable<Resource> Package(string file)
    {
        using GZipStream plain = new(File.OpenRead(file), CompressionMode.Decompress);
        using TarReader tar = new(plain);
        while (tar.GetNextEntry() is { } entry)
        {
            string[] path = entry.Name.Split('/');
            if (path is ["package", _] && entry.DataStream is { } content)
            {
                using MemoryStream buffer = new();
                content.CopyTo(buffer);
                foreach (Resource resource in One(entry.Name, buffer.ToArray()))
                {
                    yield return resource;
                }
            }
        }
    }

    private Resource[] One(string name, byte[] bytes)
    {
        Resource? resource = Path.GetExtension(name) switch
        {
            ".json" => FhirJson.ParseStored(bytes).Resource,
            ".xml" => FhirXml.Parse(bytes).Resource,
            _ => null,
        };
        if (resource is null && Path.GetExtension(name) == ".xml")
        {
            log.LogWarning("{File} among the profiles cannot be read as FHIR.", name);
        }

        return resource is null ? [] : [resource];
    }
}
