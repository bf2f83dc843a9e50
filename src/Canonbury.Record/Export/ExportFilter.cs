using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Types;
using Canonbury.Record.Search;

namespace Canonbury.Record.Export;

/// <summary>Which resources an export holds.</summary>
/// <param name="Types">Null for every type.</param>
/// <param name="Since">Changed later than this; null for all.</param>
/// <param name="Queries">For a type, the searches of which one must be met; a type without any is exported whole.</param>
/// <param name="WithoutPatient">Whether what is about nobody belongs to it.</param>
public sealed record ExportFilter(
    IReadOnlySet<string>? Types, DateTimeOffset? Since, IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<Predicate>>> Queries, bool WithoutPatient)
{
    /// <summary>The condition on the type in SQL: numbers of the program's own.</summary>
    internal string TypeCondition { get; } =
        Types is null ? "" : $" AND r.type IN ({string.Join(", ", Types.Select(ResourceTypes.NumberOf).Order())})";

    /// <summary>What the grant shows decides first, so that a condition cannot tell of what is hidden.</summary>
    internal bool Holds(Candidate shown) =>
        (WithoutPatient || shown.Owner != PatientId.Nobody)
        && (!Queries.TryGetValue(shown.Type, out IReadOnlyList<IReadOnlyList<Predicate>>? queries)
            || queries.Any(query => query.All(predicate => predicate.Matches(shown.Values))))
        && (Since is not { } since || shown.ToResource().LastModified > since);
}
