using System.ComponentModel.DataAnnotations;

namespace Canonbury.Server.Api.Export;

/// <summary>Bulk exports. Section <c>Export</c>.</summary>
public sealed class ExportOptions
{
    public const string Section = "Export";

    /// <summary>The folder of the exported files; null for <c>exports</c> in the database's folder. Processes that share a database share it.</summary>
    public string? Folder { get; set; }

    /// <summary>How many unfinished exports a client may have.</summary>
    [Range(1, 100, ErrorMessage = "Export:MaxUnfinished must be between 1 and 100.")]
    public int MaxUnfinished { get; set; } = 3;

    /// <summary>How long the files of a finished export are kept.</summary>
    [Range(1, 720, ErrorMessage = "Export:KeepHours must be between 1 and 720.")]
    public int KeepHours { get; set; } = 24;

    /// <summary>How many of the 1,024 buckets are exported between two moments at which a stopped export can go on.</summary>
    [Range(1, 1024, ErrorMessage = "Export:StretchBuckets must be between 1 and 1024.")]
    public int StretchBuckets { get; set; } = 16;
}

internal static class ExportSetup
{
    /// <summary>Exports go on where the server runs, and only there.</summary>
    public static IServiceCollection AddExports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ExportOptions>().Bind(configuration.GetSection(ExportOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddHostedService<ExportService>();
    }
}
