using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;

namespace Canonbury.Fhir.Statements;

/// <summary>
/// The units in which statements are folded: a top-level element, or for a list whose items are told apart, element and slice
/// (<see cref="ResourceStatement"/>). The id is never a unit; of <c>meta</c>, what the server sets is left out.
/// </summary>
public static class StatementKeys
{
    /// <summary>The elements of a resource by key, in its own order. A value is an element, or the items of a list.</summary>
    public static IEnumerable<KeyValuePair<string, IReadOnlyList<Base>>> Of(Resource resource)
    {
        foreach ((string name, object value) in resource.EnumerateElements())
        {
            if (name == "id" || (name == "meta" && !ForSource((Meta)value)))
            {
                continue;
            }

            if (value is Base single)
            {
                yield return KeyValuePair.Create<string, IReadOnlyList<Base>>(name, [single]);
            }
            else if (value is IEnumerable<Base> items)
            {
                foreach (IGrouping<string, Base> slice in items.GroupBy(item => Slice(name, item), StringComparer.Ordinal))
                {
                    yield return KeyValuePair.Create<string, IReadOnlyList<Base>>(slice.Key, [.. slice]);
                }
            }
        }
    }

    /// <summary>The element that a key belongs to: the key itself, or what stands before its slice.</summary>
    public static string ElementOf(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? key : key[..slash];
    }

    /// <summary>Takes what the server sets out of <c>meta</c>; false where nothing is left.</summary>
    private static bool ForSource(Meta meta)
    {
        meta.VersionId = null;
        meta.LastUpdatedElement = null;
        meta.Source = null;
        return meta.EnumerateElements().Any();
    }

    private static string Slice(string element, Base item) => item switch
    {
        Identifier identifier => $"{element}/{identifier.System}",
        ContactPoint contact => $"{element}/{contact.System?.GetLiteral()}.{contact.Use?.GetLiteral()}",
        Address address => $"{element}/{address.Use?.GetLiteral()}",
        HumanName name => $"{element}/{name.Use?.GetLiteral()}",
        Extension extension => $"{element}/{extension.Url}",
        Patient.ContactComponent contact => $"{element}/{contact.Relationship.FirstOrDefault()?.Coding.FirstOrDefault()?.Code}",
        _ => element,
    };
}
