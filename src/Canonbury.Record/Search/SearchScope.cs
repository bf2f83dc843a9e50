using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Search.Terms;
using Canonbury.Record.Writing;

namespace Canonbury.Record.Search;

/// <summary>Reads from the conditions of a search which rows can meet them at all. Pure.</summary>
internal static class SearchScope
{
    /// <summary>The resources that an <c>_id</c>, a list or a reverse chain leaves; null where none of the conditions names any.</summary>
    public static IEnumerable<(string Type, string Id)>? Names(string type, IEnumerable<Predicate> predicates) => predicates
        .Select(predicate => predicate switch
        {
            IdPredicate { Negated: false, Ids: var ids } => ids.Select(id => (type, id)),
            OneOfPredicate { Resources: var resources } => resources.Where(resource => resource.Type == type),
            _ => null,
        })
        .FirstOrDefault(names => names is not null);

    /// <summary>
    /// The patients that one of the conditions names, where every match is then in their rows; null where none does. A reference that could lead to
    /// another type than Patient names none.
    /// </summary>
    public static IReadOnlySet<string>? PatientIds(string type, IEnumerable<Criterion> criteria) =>
        criteria.Select(criterion => PatientIds(type, criterion)).FirstOrDefault(ids => ids is not null);

    private static HashSet<string>? PatientIds(string type, Criterion criterion)
    {
        switch (criterion)
        {
            case CompartmentPredicate { Compartment: "Patient", Ids: var ids }:
                return [.. ids];
            case ValuePredicate { Negated: false, Parameter: var parameter, Terms: var terms } when IsOwner(type, parameter):
                HashSet<string> patients = new(StringComparer.Ordinal);
                foreach (SearchTerm term in terms)
                {
                    switch (term)
                    {
                        case ReferenceTerm { Url: null, Ids: var ids } reference when reference.Type == "Patient" || (reference.Type is null && IsOnlyPatient(parameter)):
                            patients.UnionWith(ids);
                            break;
                        case TargetsTerm { Targets: var targets } when targets.All(target => target.Type == "Patient"):
                            patients.UnionWith(targets.Select(target => target.Id));
                            break;
                        default:
                            return null;
                    }
                }

                return patients;
            default:
                return null;
        }
    }

    /// <summary>Postings that every match must have; null where there are none.</summary>
    public static IReadOnlyList<Posting>? Postings(string type, IEnumerable<Predicate> predicates) => Posting.ParameterOf(type) is not { } posted
        ? null
        : Codes(predicates, posted.Name)?.Select(code => Posting.Of(posted, code)).ToList();

    /// <summary>The identifiers that a patient must have one of; null where any will do.</summary>
    public static IReadOnlyList<string>? Identifiers(IEnumerable<Predicate> predicates) => Codes(predicates, "identifier");

    /// <summary>What the family or a given name must begin with; null where any will do.</summary>
    public static IReadOnlyList<string>? NameBeginnings(IEnumerable<Predicate> predicates) => predicates
        .OfType<ValuePredicate>()
        .Where(predicate => !predicate.Negated && predicate.Parameter.Name is "family" or "given"
            && predicate.Terms.All(term => term is WordsTerm { Mode: not WordsMode.Contains }))
        .Select(predicate => predicate.Terms.Cast<WordsTerm>().Select(term => term.Text).ToList())
        .FirstOrDefault();

    /// <summary>Whether the parameter leads to who owns a resource of the type, or whom it mentions: then it stands in that patient's rows.</summary>
    private static bool IsOwner(string type, SearchParameter parameter)
    {
        List<string> owning = [.. PatientCompartment.Elements(type)];
        return parameter.Elements.Count > 0 && parameter.Elements.All(owning.Contains);
    }

    private static bool IsOnlyPatient(SearchParameter parameter) => parameter.Name == "patient" || (parameter.Targets.Count == 1 && parameter.Targets.Contains("Patient"));

    private static List<string>? Codes(IEnumerable<Predicate> predicates, string name) => predicates
        .OfType<ValuePredicate>()
        .Where(predicate => !predicate.Negated && predicate.Parameter.Name == name
            && predicate.Terms.All(term => term is TokenTerm { Code: not null } or IdentifierTypeTerm))
        .Select(predicate => predicate.Terms.Select(term => term is TokenTerm token ? token.Code! : ((IdentifierTypeTerm)term).Value).ToList())
        .FirstOrDefault();
}
