using Canonbury.Fhir.Search;

namespace Canonbury.Fhir.Subscriptions;

/// <summary>One new version of a resource: what topics and criteria look at.</summary>
/// <param name="Before">The version that it replaced; null where there was none, or that was a deletion.</param>
/// <param name="After">Null for a deletion.</param>
public sealed record ResourceChange(string Type, ResourceValues? Before, ResourceValues? After)
{
    /// <summary>What filters are asked about: a deleted resource is looked at as it was.</summary>
    internal ResourceValues? Subject => After ?? Before;
}
