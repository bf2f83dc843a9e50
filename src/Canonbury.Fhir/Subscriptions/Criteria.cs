using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Types;

namespace Canonbury.Fhir.Subscriptions;

/// <summary>
/// Conditions of a subscription in the form of a search, <c>Type?name=value</c>, decided by the search's own predicates. What asks about other
/// resources, sorts or pages cannot be decided by a change alone and is refused. https://hl7.org/fhir/R4/subscription.html
/// </summary>
/// <param name="Type">Null where none is named: then the predicates hold for every type of the topic.</param>
public sealed record Criteria(string? Type, IReadOnlyList<Predicate> Predicates)
{
    /// <summary>Types that tell of nothing but this server's own doings.</summary>
    private static readonly string[] NeverTold = ["Subscription", "AuditEvent", "Person", "Parameters", "OperationOutcome"];

    internal bool Match(ResourceChange change) =>
        (Type is null || Type == change.Type) && change.Subject is { } subject && Predicates.All(predicate => predicate.Matches(subject));

    /// <param name="types">The types that the topic is about, where the text names none itself.</param>
    internal static (Criteria? Criteria, Issue? Issue) Read(string text, IReadOnlyList<string> types, QueryContext context, string element)
    {
        int mark = text.IndexOf('?', StringComparison.Ordinal);
        string head = mark >= 0 ? text[..mark] : text.Contains('=', StringComparison.Ordinal) ? "" : text;
        string query = head.Length == text.Length ? "" : text[(mark + 1)..];
        if (head.Length > 0 && (!ResourceTypes.Contains(head) || NeverTold.Contains(head) || (types.Count > 0 && !types.Contains(head))))
        {
            return (null, new Issue("criteria-type-not-supported", "The criteria name no type that can be subscribed to here.", element));
        }

        if (head.Length == 0 && types.Count == 0)
        {
            return (null, new Issue("criteria-type-required", "The criteria must name the type of resource: Type?name=value.", element));
        }

        IReadOnlyList<string> searched = head.Length > 0 ? [head] : types;
        (SearchQuery? search, Problem? problem) = new QueryReader(context with { Strict = true }).Read(searched, Parameters(query));
        if (search is null)
        {
            return (null, problem!.Issues[0] with { Expression = element });
        }

        List<Predicate> predicates = [];
        foreach (Criterion criterion in search.Criteria)
        {
            if (Decidable(criterion) is not { } predicate)
            {
                return (null, NotSupported("Criteria of a subscription are decided by the resource alone: no chains, lists or value sets.", element));
            }

            predicates.Add(predicate);
        }

        bool onlyConditions = search is { Sort.Count: 0, Inclusions.Count: 0, Count: null, WantsTotal: false, Cursor: null, Linked: true };
        return onlyConditions
            ? (new Criteria(head.Length > 0 ? head : null, predicates), null)
            : (null, NotSupported("Criteria of a subscription do not sort, include or page.", element));
    }

    private static Predicate? Decidable(Criterion criterion) => criterion switch
    {
        Predicate predicate => predicate,
        Criterion.AnyOf any when any.Criteria.Select(Decidable).ToList() is var all && all.TrueForAll(one => one is not null) => new AnyPredicate([.. all!]),
        _ => null,
    };

    private static Issue NotSupported(string words, string element) =>
        new("criteria-not-supported", words, element, Type: Hl7.Fhir.Model.OperationOutcome.IssueType.NotSupported);

    private static List<KeyValuePair<string, string>> Parameters(string query) =>
    [
        .. from part in query.Split('&', StringSplitOptions.RemoveEmptyEntries)
           let sign = part.IndexOf('=', StringComparison.Ordinal)
           select sign < 0 ? KeyValuePair.Create(Decode(part), "") : KeyValuePair.Create(Decode(part[..sign]), Decode(part[(sign + 1)..])),
    ];

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
