using System.Security.Cryptography;
using System.Text.Json;

namespace Canonbury.Server.Backups;

/// <summary>What a backup holds: each file with its digest, so that a restore knows that it is whole before it changes anything.</summary>
/// <param name="Engine"><c>Sqlite</c> or <c>PostgreSql</c>.</param>
/// <param name="Files">Path below the backup's folder → SHA-256 in hexadecimal.</param>
internal sealed record BackupManifest(string Engine, DateTimeOffset TakenAt, IReadOnlyDictionary<string, string> Files)
{
    private const string Name = "manifest.json";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    /// <summary>Describes and seals the folder. The manifest comes last: a backup without one is not finished.</summary>
    public static void Write(string folder, string engine, DateTimeOffset takenAt)
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            files[Path.GetRelativePath(folder, path).Replace('\\', '/')] = Digest(path);
        }

        File.WriteAllText(Path.Combine(folder, Name), JsonSerializer.Serialize(new BackupManifest(engine, takenAt, files), Layout));
    }

    /// <summary>Reads the manifest and checks every file against it. Throws <see cref="InvalidDataException"/> where the backup is not whole.</summary>
    public static BackupManifest ReadAndCheck(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{folder} holds no finished backup: {Name} is missing.");
        }

        BackupManifest manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} is empty.");
        foreach ((string name, string digest) in manifest.Files)
        {
            string file = Path.Combine(folder, name);
            if (!File.Exists(file) || Digest(file) != digest)
            {
                throw new InvalidDataException($"The backup is damaged: {name} is missing or not as it was written.");
            }
        }

        return manifest;
    }

    private static string Digest(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
