using Canonbury.Fhir.Search.Index;
using Canonbury.Fhir.Search.Terms;
using Canonbury.Fhir.Search.Values;

namespace Canonbury.Fhir.Search.Query;

/// <summary>
/// One condition of a search. A <see cref="Predicate"/> decides by the resource alone; the others ask about other resources and are resolved to
/// predicates first, by whoever reads the store.
/// </summary>
public abstract record Criterion
{
    /// <summary>Chaining: a reference by <paramref name="Parameter"/> to a resource of the type that meets the condition. search.html#chaining</summary>
    public sealed record Chain(SearchParameter Parameter, string TargetType, Criterion Condition) : Criterion;

    /// <summary>Reverse chaining: one of that type refers to the resource by <paramref name="Parameter"/> and meets the condition. search.html#has</summary>
    public sealed record Has(string SourceType, SearchParameter Parameter, Criterion Condition) : Criterion;

    /// <summary><c>_list</c>: the resource is an entry of one of these lists. search.html#list</summary>
    public sealed record InList(IReadOnlyList<string> Lists) : Criterion;

    /// <summary><c>:in</c> and <c>:not-in</c>: the code is in a value set, named by its canonical URL or by a reference.</summary>
    public sealed record InValueSet(SearchParameter Parameter, string ValueSet, bool Negated) : Criterion;

    /// <summary>Any of several criteria.</summary>
    public sealed record AnyOf(IReadOnlyList<Criterion> Criteria) : Criterion;
}

/// <summary>A condition that a resource meets or does not, whatever else there is: pure.</summary>
public abstract record Predicate : Criterion
{
    public abstract bool Matches(ResourceValues resource);
}

/// <summary>The resource has a value by the parameter that one of the terms matches; with <c>:not</c>, it has none.</summary>
public sealed record ValuePredicate(SearchParameter Parameter, IReadOnlyList<SearchTerm> Terms, bool Negated = false) : Predicate
{
    private readonly bool needsResource = Terms.Any(term => term.NeedsResource);

    /// <summary>
    /// False where the stored values alone rule the resource out. Masking only takes values away, so this holds for the masked resource, too.
    /// </summary>
    public bool CanMatch(ReadOnlySpan<byte> index) => Negated || needsResource || !Parameter.IsStored || IndexBytes.Any(index, Parameter.Number, Terms);

    public override bool Matches(ResourceValues resource)
    {
        IReadOnlyList<SearchValue> values = needsResource ? resource.Full(Parameter) : resource.Stored(Parameter);
        foreach (SearchValue value in values)
        {
            foreach (SearchTerm term in Terms)
            {
                if (term.Matches(value))
                {
                    return !Negated;
                }
            }
        }

        return Negated;
    }
}

/// <summary><c>:missing</c>. https://hl7.org/fhir/R4/search.html#modifiers</summary>
public sealed record MissingPredicate(SearchParameter Parameter, bool Missing) : Predicate
{
    public override bool Matches(ResourceValues resource) =>
        resource.Stored(Parameter).Count == 0 == Missing;
}

/// <summary><c>_id</c>: one of these ids.</summary>
public sealed record IdPredicate(IReadOnlySet<string> Ids, bool Negated = false) : Predicate
{
    public override bool Matches(ResourceValues resource) => Ids.Contains(resource.Id) != Negated;
}

/// <summary>One of these resources: what a reverse chain or a list comes to.</summary>
public sealed record OneOfPredicate(IReadOnlySet<(string Type, string Id)> Resources) : Predicate
{
    public override bool Matches(ResourceValues resource) => Resources.Contains((resource.Type, resource.Id));
}

/// <summary>
/// In the compartment of a resource: one of the parameters refers to it. Also where there are several, all linked to one person.
/// https://hl7.org/fhir/R4/compartmentdefinition.html
/// </summary>
/// <param name="ParametersOf">The parameters of each type that count; a type that has none is outside.</param>
public sealed record CompartmentPredicate(string Compartment, IReadOnlySet<string> Ids, Func<string, IEnumerable<SearchParameter>> ParametersOf) : Predicate
{
    public override bool Matches(ResourceValues resource) =>
        (resource.Type == Compartment && Ids.Contains(resource.Id))
        || ParametersOf(resource.Type).Any(parameter => resource.Stored(parameter).Any(value =>
            value is SearchValue.Reference { Base: null } reference && reference.Type == Compartment && Ids.Contains(reference.Id!)));
}

/// <summary>One of several predicates.</summary>
public sealed record AnyPredicate(IReadOnlyList<Predicate> Predicates) : Predicate
{
    public override bool Matches(ResourceValues resource) => Predicates.Any(predicate => predicate.Matches(resource));
}
