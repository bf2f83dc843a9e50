using Canonbury.Database;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Api.Export;

/// <summary>Where the files of exports are: a folder for each.</summary>
public sealed class ExportFolder(IOptions<ExportOptions> options, IOptions<DatabaseOptions> database)
{
    private readonly string root = options.Value.Folder ?? Path.Combine(database.Value.Folder, "exports");

    public string Of(Guid job) => Path.Combine(root, job.ToString("D"));

    /// <summary>The file of a type. The name is the program's own, never a client's.</summary>
    public string FileOf(Guid job, string type) => Path.Combine(Of(job), type + ".ndjson");

    /// <summary>Makes the folder of an export where it is not there, for this program's user alone: it will hold records.</summary>
    public void Create(Guid job)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Of(job));
        }
        else
        {
            Directory.CreateDirectory(Of(job), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The exports that have a folder.</summary>
    public IReadOnlyList<Guid> All() => !Directory.Exists(root) ? [] :
    [
        .. from path in Directory.EnumerateDirectories(root)
           let id = Guid.TryParseExact(Path.GetFileName(path), "D", out Guid job) ? job : (Guid?)null
           where id is not null
           select id.Value,
    ];

    public void Remove(Guid job)
    {
        if (Directory.Exists(Of(job)))
        {
            Directory.Delete(Of(job), recursive: true);
        }
    }
}
