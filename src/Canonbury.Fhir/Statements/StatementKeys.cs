using Canonbury.Fhir.Identifiers;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;

namespace Canonbury.Fhir.Statements;

/// <summary>
/// The units in which statements are folded: a top-level element, or for a list whose items are told apart, and an element whose parts are said at
/// different times, element and part (<see cref="ResourceStatement"/>). The id is never a unit; of <c>meta</c>, what the server sets is left out.
/// </summary>
public static class StatementKeys
{
    private const string NumberKey = "identifier/" + NhsNumber.System;
    private const string StatusPrefix = NumberKey + "|";

    /// <summary>Elements whose parts are units: who says when a stay ended does not say when it began.</summary>
    private static readonly HashSet<(string Type, string Element)> Divided =
        [("Encounter", "period"), ("Encounter", "hospitalization"), ("DocumentReference", "context")];

    /// <summary>The elements of a resource by key, in its own order. A value is an element, or the items of a list.</summary>
    public static IEnumerable<KeyValuePair<string, IReadOnlyList<Base>>> Of(Resource resource)
    {
        foreach ((string name, object value) in resource.EnumerateElements())
        {
            if (name == "id" || (name == "meta" && !ForSource((Meta)value)))
            {
                continue;
            }

            foreach (KeyValuePair<string, IReadOnlyList<Base>> part in
                value is Base whole && Divided.Contains((resource.TypeName, name)) ? Parts(name, whole)
                : value is Base single ? [Pair(name, [single])]
                : name == "identifier" ? Identifiers((IEnumerable<Base>)value)
                : Slices(name, (IEnumerable<Base>)value))
            {
                yield return part;
            }
        }
    }

    /// <summary>The element that a key belongs to: the key itself, or what stands before its slice.</summary>
    public static string ElementOf(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? key : key[..slash];
    }

    /// <summary>
    /// Whether the part stands in the resource: that a number was traced does only while the source gives that number, and is remembered else.
    /// </summary>
    public static bool IsSeen(string key, IReadOnlyDictionary<string, IReadOnlyList<Base>> parts) =>
        !key.StartsWith(StatusPrefix, StringComparison.Ordinal)
        || (parts.TryGetValue(NumberKey, out IReadOnlyList<Base>? numbers)
            && numbers.OfType<Identifier>().Any(number => key.AsSpan(StatusPrefix.Length).SequenceEqual(number.Value)));

    /// <summary>Puts the parts of one element, in their order, back into a resource.</summary>
    public static void Join(Resource resource, string element, IReadOnlyList<KeyValuePair<string, IReadOnlyList<Base>>> parts)
    {
        if (Divided.Contains((resource.TypeName, element)))
        {
            Base whole = (Base)Activator.CreateInstance(ElementTypes.Of(resource, element))!;
            foreach ((string key, IReadOnlyList<Base> items) in parts)
            {
                ElementTypes.Set(whole, key[(element.Length + 1)..], items);
            }

            resource.SetValue(element, whole);
            return;
        }

        ElementTypes.Set(resource, element, element == "identifier" ? WithStatus(parts) : [.. parts.SelectMany(part => part.Value)]);
    }

    private static IEnumerable<KeyValuePair<string, IReadOnlyList<Base>>> Parts(string name, Base whole)
    {
        foreach ((string child, object value) in whole.EnumerateElements())
        {
            yield return Pair($"{name}/{child}", value is Base single ? [single] : [.. (IEnumerable<Base>)value]);
        }
    }

    private static IEnumerable<KeyValuePair<string, IReadOnlyList<Base>>> Slices(string name, IEnumerable<Base> items) =>
        items.GroupBy(item => Slice(name, item), StringComparer.Ordinal).Select(slice => Pair(slice.Key, [.. slice]));

    /// <summary>
    /// That an NHS number was traced is a unit of its own, of that number: a later message that repeats the number and says nothing of it takes
    /// nothing back.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, IReadOnlyList<Base>>> Identifiers(IEnumerable<Base> items)
    {
        List<KeyValuePair<string, IReadOnlyList<Base>>> statuses = [];
        List<Base> plain = [];
        foreach (Base item in items)
        {
            plain.Add(item);
            if (item is Identifier { System: NhsNumber.System, Value: { } value } identifier && identifier.GetExtension(NhsNumber.StatusExtension) is { } status)
            {
                Identifier bare = (Identifier)identifier.DeepCopy();
                bare.RemoveExtension(NhsNumber.StatusExtension);
                plain[^1] = bare;
                statuses.Add(Pair(StatusPrefix + value, [status]));
            }
        }

        return Slices("identifier", plain).Concat(statuses.DistinctBy(status => status.Key));
    }

    private static List<Base> WithStatus(IReadOnlyList<KeyValuePair<string, IReadOnlyList<Base>>> parts)
    {
        Dictionary<string, Extension> statuses = parts
            .Where(part => part.Value is [Extension])
            .ToDictionary(part => part.Key, part => (Extension)part.Value[0], StringComparer.Ordinal);
        List<Base> identifiers = [];
        foreach (Identifier identifier in parts.SelectMany(part => part.Value).OfType<Identifier>())
        {
            identifiers.Add(identifier);
            if (identifier.System == NhsNumber.System && statuses.TryGetValue(StatusPrefix + identifier.Value, out Extension? status))
            {
                Identifier traced = (Identifier)identifier.DeepCopy();
                traced.Extension.Add(status);
                identifiers[^1] = traced;
            }
        }

        return identifiers;
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
        Encounter.ParticipantComponent participant => $"{element}/{participant.Type.FirstOrDefault()?.Coding.FirstOrDefault()?.Code}",
        ResourceReference reference when element == "generalPractitioner" => $"{element}/{reference.Type ?? reference.Reference?.Split('/')[0]}",
        _ => element,
    };

    private static KeyValuePair<string, IReadOnlyList<Base>> Pair(string key, IReadOnlyList<Base> items) => KeyValuePair.Create(key, items);
}
