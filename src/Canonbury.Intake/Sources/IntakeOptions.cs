using System.ComponentModel.DataAnnotations;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Sources.FileDrop;
using Canonbury.Intake.Sources.Mllp;

namespace Canonbury.Intake.Sources;

/// <summary>How messages come in: section <c>Intake</c>.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>One MLLP port each. With none in the configuration, one listens on 127.0.0.1:2575.</summary>
    public IList<MllpFeedOptions> Mllp { get; init; } = [];

    /// <summary>False: no MLLP port is opened at all.</summary>
    public bool MllpEnabled { get; set; } = true;

    /// <summary>Watched folders.</summary>
    public IList<FileDropOptions> FileDrop { get; init; } = [];

    /// <summary>
    /// Bytes that all MLLP connections together may hold, half for whole messages on their way to the inbox, half for unfinished ones;
    /// beyond it, reading waits. Default 256 MiB.
    /// </summary>
    [Range(1L << 12, 1L << 36)]
    public long MaxInFlightBytes { get; set; } = 256L << 20;

    /// <summary>How long a stop waits for messages that are being stored to be acknowledged. Default 10 seconds.</summary>
    [Range(0, 600)]
    public int StopSeconds { get; set; } = 10;

    /// <summary>A source that has sent nothing for so many minutes is late, for three times as many stale. Default 1440, a day.</summary>
    [Range(1, 1_000_000)]
    public int ExpectedMinutes { get; set; } = 1440;

    /// <summary>Sources that are known by settings.</summary>
    public IList<SourceOptions> Sources { get; init; } = [];

    /// <summary>In how much time a source should send something at least.</summary>
    public TimeSpan ExpectedOf(SourceId source) =>
        TimeSpan.FromMinutes(Sources.FirstOrDefault(known => known.Code == source.Value)?.ExpectedMinutes ?? ExpectedMinutes);

    /// <summary>The MLLP feeds to open.</summary>
    public IReadOnlyList<MllpFeedOptions> MllpFeeds => !MllpEnabled ? [] : Mllp.Count > 0 ? [.. Mllp] : [new MllpFeedOptions()];
}
