using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;

namespace Canonbury.Record.Reading;

/// <summary>The one place that says whether a client's grant shows a row.</summary>
internal static class GrantedRows
{
    /// <param name="source">Whose row it is.</param>
    /// <exception cref="ArgumentException">The grant is not for reading rows one by one: a bug of the caller.</exception>
    public static bool Shows(AccessGrant grant, SourceId source) => grant is { Scope: GrantScope.OwnSource, Source: { } own }
        ? own == source
        : throw new ArgumentException($"A grant of scope {grant.Scope} does not allow reading a source's own resources.", nameof(grant));
}
