using Canonbury.Fhir.Problems;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Server.Api;

/// <summary>What a write comes to, after its conditions were looked at. It is made again where others have written before it was.</summary>
internal sealed record WritePlan
{
    /// <summary>For a delete of what is not there.</summary>
    public static readonly WritePlan Nothing = new();

    public PushRequest? Request { get; init; }

    public Problem? Problem { get; init; }

    /// <summary>Of what was sent.</summary>
    public byte[] Hash { get; init; } = [];

    public IReadOnlyList<WriteCondition> Conditions { get; init; } = [];

    /// <summary>The one resource that meets the condition of a create.</summary>
    public OwnResource? Found { get; init; }

    public bool MayBeMadeAgain => Conditions.Count > 0 || Request?.PatchOf is not null;

    public static WritePlan Refused(Problem problem) => new() { Problem = problem };
}

/// <summary>Plans a write of one interaction.</summary>
internal delegate Task<WritePlan> Planning(FhirCall call);
