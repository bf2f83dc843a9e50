using System.ComponentModel.DataAnnotations;

namespace Canonbury.Intake.Sources.FileDrop;

/// <summary>One watched folder: section <c>Intake:FileDrop:0</c> and so on.</summary>
public sealed class FileDropOptions
{
    /// <summary>The feed's name in Operations and in logs.</summary>
    [Required(ErrorMessage = "Name is missing: give the watched folder a name, such as pathology-files.")]
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$", ErrorMessage = "Name must be 1 to 63 lower-case letters, digits and hyphens, such as pathology-files.")]
    public string Name { get; set; } = string.Empty;

    /// <summary>The folder where files appear. <c>done</c> and <c>failed</c> are made inside it.</summary>
    [Required(ErrorMessage = "Folder is missing: name the folder that is watched.")]
    public string Folder { get; set; } = string.Empty;

    /// <summary>The code of the source whose files these are; empty where MSH-3 and MSH-4 of each message say it.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$", ErrorMessage = "Source must be a source's code: 1 to 63 lower-case letters, digits and hyphens.")]
    public string? Source { get; set; }

    /// <summary>The zone of times without an offset, by its IANA name. Default Europe/London.</summary>
    [Required]
    public string Zone { get; set; } = "Europe/London";

    /// <summary>How often the folder is looked at, in seconds. A file is read when its size and time stayed the same between two looks. Default 2.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 2;

    /// <summary>The largest message in a file, in bytes. Default 64 MiB.</summary>
    [Range(1 << 10, 1 << 30)]
    public int MaxMessageBytes { get; set; } = 64 << 20;
}
