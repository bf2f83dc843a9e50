using System.Collections.Concurrent;
using System.Collections.Frozen;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation.Profiles;

/// <summary>
/// Says whether a code is in a value set, as far as that can be known without a terminology server: null where it cannot.
/// https://hl7.org/fhir/R4/valueset.html#composition
/// </summary>
internal sealed class ValueSetCodes(IReadOnlyDictionary<string, ValueSet> sets, IReadOnlyDictionary<string, CodeSystem> systems)
{
    /// <summary>Value sets may include each other, and two may do so in a circle.</summary>
    private const int Deepest = 10;

    private readonly ConcurrentDictionary<string, FrozenSet<string>> codes = new(StringComparer.Ordinal);

    /// <param name="system">Null for an element that is only a code: any system of the value set will do.</param>
    public bool? Contains(string valueSet, string? system, string code) => Contains(valueSet, system, code, 0);

    private bool? Contains(string valueSet, string? system, string code, int depth)
    {
        if (depth > Deepest || !sets.TryGetValue(valueSet.Split('|')[0], out ValueSet? set))
        {
            return null;
        }

        if (set.Compose is not { } compose)
        {
            return set.Expansion is { } expansion ? Listed(expansion.Contains, system, code) : null;
        }

        bool? included = Any(compose.Include.Select(part => Includes(part, system, code, depth)));
        return included == false || compose.Exclude.Count == 0 ? included : Any(compose.Exclude.Select(part => Includes(part, system, code, depth))) switch
        {
            true => false,
            false => included,
            null => null,
        };
    }

    // All that one part says must hold.
    private bool? Includes(ValueSet.ConceptSetComponent part, string? system, string code, int depth)
    {
        bool? here = part.System is null ? true
            : system is not null && system != part.System ? false
            : part.Concept.Count > 0 ? part.Concept.Exists(concept => concept.Code == code)
            : part.Filter.Count > 0 ? null
            : InSystem(part.System, code, isNamed: system is not null);
        foreach (string other in part.ValueSet.OfType<string>())
        {
            here = (here, Contains(other, system, code, depth + 1)) switch
            {
                (false, _) or (_, false) => false,
                (true, true) => true,
                _ => null,
            };
        }

        return here;
    }

    private bool? InSystem(string system, string code, bool isNamed) =>
        systems.TryGetValue(system, out CodeSystem? known) && known.Content == CodeSystemContentMode.Complete
            ? codes.GetOrAdd(system, (_, all) => Codes(all.Concept).ToFrozenSet(StringComparer.Ordinal), known).Contains(code)
            : isNamed ? true : null;

    private static IEnumerable<string> Codes(IEnumerable<CodeSystem.ConceptDefinitionComponent> concepts) =>
        concepts.SelectMany(concept => Codes(concept.Concept).Prepend(concept.Code ?? ""));

    private static bool Listed(IEnumerable<ValueSet.ContainsComponent> contained, string? system, string code) => contained.Any(one =>
        (one.Code == code && (system is null || one.System == system)) || Listed(one.Contains, system, code));

    private static bool? Any(IEnumerable<bool?> answers)
    {
        bool? any = false;
        foreach (bool? answer in answers)
        {
            if (answer == true)
            {
                return true;
            }

            any = answer is null ? null : any;
        }

        return any;
    }
}
