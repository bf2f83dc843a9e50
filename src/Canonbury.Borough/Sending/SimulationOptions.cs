namespace Canonbury.Borough.Sending;

/// <summary>What a simulation does after it has made its people.</summary>
public enum SimulationMode
{
    /// <summary>Sends every history as fast as the other side takes it (or at <see cref="SimulationOptions.Rate"/>), then ends.</summary>
    Load,

    /// <summary>Sends the histories, then new happenings of now at <see cref="SimulationOptions.Rate"/> until it is cancelled.</summary>
    Trickle,

    /// <summary>The load of the benchmarks: half ADT, half ORU with a median of eight results, over MLLP only.</summary>
    Mix,
}

/// <summary>What to simulate and where to send it. Give an MLLP host, a FHIR address, a folder, or several of them.</summary>
public sealed record SimulationOptions
{
    public long Residents { get; init; } = 2_000;

    public ulong Seed { get; init; } = 1;

    /// <summary>The last day of the histories; today where it is not given.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The number of the resident whose history is sent before all others; 0 keeps the order of the borough.</summary>
    public long First { get; init; }

    public SimulationMode Mode { get; init; } = SimulationMode.Load;

    /// <summary>Null: no HL7 v2 is sent over the network.</summary>
    public string? MllpHost { get; init; }

    public int MllpPort { get; init; } = 2575;

    public int Connections { get; init; } = 4;

    /// <summary>How many messages of one connection may wait for their acknowledgement.</summary>
    public int Window { get; init; } = 64;

    /// <summary>Where bundles are posted, such as <c>http://127.0.0.1:8080/fhir</c>; null: none are posted.</summary>
    public Uri? FhirUrl { get; init; }

    /// <summary>A bearer token for each system that sends FHIR: <c>gp</c> and <c>asc</c>. A system without one stays silent.</summary>
    public IReadOnlyDictionary<string, string> FhirTokens { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes <c>pas.hl7</c>, <c>gp.ndjson</c> and so on into this folder.</summary>
    public string? Folder { get; init; }

    /// <summary>A CSV file of the truth: which patients are the same person.</summary>
    public string? TruthFile { get; init; }

    /// <summary>Messages a second; 0 is as fast as possible. In a trickle it is the rate of new happenings (2 where it is 0).</summary>
    public double Rate { get; init; }

    /// <summary>Only who people are, but for the first <see cref="FullHistories"/> residents.</summary>
    public bool IdentityOnly { get; init; }

    public long FullHistories { get; init; }

    /// <summary>How many messages of the mix; 0 is until cancelled.</summary>
    public long Messages { get; init; }
}

/// <summary>How far a simulation is; percentiles are milliseconds from the first byte sent to the acknowledgement.</summary>
/// <param name="Phase">registers, histories, live, mix, answers or done.</param>
/// <param name="Refused">Given up: the other side said no for good.</param>
/// <param name="LastProblem">The last refusal or outage in words, without any content of a message.</param>
public sealed record SimulationProgress(
    string Phase, long ResidentsDone, long Residents, long Sent, long Acknowledged, long Refused, long Resent, long Results, TimeSpan Elapsed,
    double PerSecond, double P50, double P95, double P99, string? LastProblem);
