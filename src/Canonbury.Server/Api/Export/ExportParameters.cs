using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Json.Shaping;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Search.Values;
using Canonbury.Fhir.Types;
using Canonbury.Record.Export;

namespace Canonbury.Server.Api.Export;

/// <summary>An export, understood.</summary>
/// <param name="Shape">What is wanted of each resource.</param>
internal sealed record ExportQuery(ExportFilter Filter, Shape Shape);

/// <summary>
/// Reads the parameters of an export. A value that is wrong refuses it; a parameter that is not known refuses it, too, unless the client prefers
/// <c>handling=lenient</c>: else it would take a part for the whole. https://hl7.org/fhir/uv/bulkdata/export.html#query-parameters
/// </summary>
internal sealed class ExportParameters(ExportDefinition definition, QueryContext context)
{
    private static readonly string[] NdjsonNames = ["application/fhir+ndjson", "application/ndjson", "ndjson"];

    private readonly Dictionary<string, IReadOnlyList<IReadOnlyList<Predicate>>> queries = new(StringComparer.Ordinal);
    private readonly List<string> elements = [];
    private HashSet<string>? types;
    private int filters;
    private DateTimeOffset? since;

    public (ExportQuery? Query, Problem? Refused) Read()
    {
        if (definition.Parameters.Count > SearchLimits.Parameters)
        {
            return (null, new Problem(ProblemKind.Invalid, "too-many-parameters", $"An export may have at most {SearchLimits.Parameters} parameters."));
        }

        foreach ((string name, string value) in definition.Parameters)
        {
            if (Take(name, value) is { } refused)
            {
                return (null, refused);
            }
        }

        if (Outside() is { } outside)
        {
            return (null, outside);
        }

        (Shape shape, Problem? shapeless) = ShapeParameters.Of(null, string.Join(',', elements));
        ExportFilter filter = new(types, since, queries, WithoutPatient: definition.Level == ExportLevel.System);
        return shapeless is null ? (new ExportQuery(filter, shape), null) : (null, shapeless);
    }

    private Problem? Take(string name, string value)
    {
        switch (name)
        {
            case "_outputFormat":
                return NdjsonNames.Contains(value.Replace(' ', '+')) ? null : Invalid(name, "output-format-not-supported", "Files are written as application/fhir+ndjson.");
            case "_since":
                since = DateRange.Parse(value.Replace(' ', '+'))?.Start;
                return since is null ? Invalid(name, "parameter-value-invalid", "'_since' is an instant.") : null;
            case "_type":
                string[] named = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                (types ??= new HashSet<string>(StringComparer.Ordinal)).UnionWith(named.Where(ResourceTypes.Contains));
                return named.Length > 0 && (definition.Lenient || Array.TrueForAll(named, ResourceTypes.Contains))
                    ? null
                    : Invalid(name, "resource-type-unknown", "R4 has no such resource type.");
            case "_typeFilter":
                return TypeFilters(value);
            case "_elements":
                elements.Add(value);
                return null;
            case "_format" or "_pretty":
                return null;
            default:
                return definition.Lenient ? null : Problem.NotSupported("An export does not take this parameter here; 'Prefer: handling=lenient' passes over it.", $"http.{name}");
        }
    }

    private Problem? TypeFilters(string value)
    {
        foreach (string query in TypeFilter.Split(value))
        {
            (string type, IReadOnlyList<Predicate>? predicates, Problem? refused) = TypeFilter.Read(query, context);
            if (predicates is null)
            {
                return refused;
            }

            queries[type] = [.. queries.GetValueOrDefault(type, []), predicates];
            if (++filters > SearchLimits.Parameters)
            {
                return Invalid("_typeFilter", "too-many-parameters", $"An export may have at most {SearchLimits.Parameters} searches.");
            }
        }

        return null;
    }

    /// <summary>Types of which the export cannot hold any resource.</summary>
    private Problem? Outside()
    {
        if (definition.Lenient || types is null)
        {
            return null;
        }

        if (queries.Keys.Any(type => !types.Contains(type)))
        {
            return Invalid("_typeFilter", "type-not-exported", "A search is about a type that '_type' leaves out.");
        }

        return definition.Level != ExportLevel.System && types.All(type => type != "Patient" && !PatientCompartment.Names(type))
            ? Invalid("_type", "type-not-exported", "Resources of these types are not about patients; they are exported from the whole system.")
            : null;
    }

    private static Problem Invalid(string name, string code, string words) => new(ProblemKind.Invalid, code, words, $"http.{name}");
}
