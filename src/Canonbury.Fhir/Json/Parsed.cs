using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Json;

/// <summary>What parsing gave: the resource, as far as it could be read, and everything that was wrong with it.</summary>
public sealed record Parsed(Resource? Resource, IReadOnlyList<Issue> Issues)
{
    /// <summary>True where there is a resource and nothing worse than a warning.</summary>
    public bool IsValid => Resource is not null && !Issues.Any(i => i.Refuses);
}
