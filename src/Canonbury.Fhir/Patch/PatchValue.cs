using System.Collections;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Patch;

/// <summary>Makes the value of an element from the part that holds it. Parts inside it are the elements of a type without a name (fhirpatch.html).</summary>
internal static class PatchValue
{
    /// <summary>How the model knows an element of this type; null where the type has none of that name.</summary>
    public static PropertyMapping? Element(Base owner, string name) => Element(owner.GetType(), name);

    /// <summary>Null where the part holds nothing that the element can be.</summary>
    public static Base? Of(PropertyMapping element, Parameters.ParameterComponent part) => part switch
    {
        { Resource: { } resource } => element.ImplementingType.IsInstanceOfType(resource) ? (Resource)resource.DeepCopy() : null,
        { Value: { } value } => Fit(element.ImplementingType, value),
        { Part.Count: > 0 } => Build(element.ImplementingType, part.Part),
        _ => null,
    };

    /// <summary>The items of a repeating element, or its one value.</summary>
    public static List<Base> Items(Base owner, string name) => !owner.TryGetValue(name, out object? value) ? []
        : value is IEnumerable<Base> many ? [.. many]
        : value is Base one ? [one]
        : [];

    public static void Set(Base owner, PropertyMapping element, IReadOnlyList<Base> items)
    {
        if (items.Count == 0)
        {
            owner.SetValue(element.Name, null);
            return;
        }

        if (!element.IsCollection)
        {
            owner.SetValue(element.Name, items[0]);
            return;
        }

        IList list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element.ImplementingType))!;
        foreach (Base item in items)
        {
            list.Add(item);
        }

        owner.SetValue(element.Name, list);
    }

    private static PropertyMapping? Element(Type owner, string name) => ModelInfo.ModelInspector.FindClassMapping(owner) is { } type
        ? type.FindMappedElementByName(name) ?? type.FindMappedElementByChoiceName(name)
        : null;

    // A code in a patch is any code; in the resource it may be of a value set. What it may be is checked once the patch is done.
    private static Base? Fit(Type wanted, DataType value)
    {
        if (wanted.IsInstanceOfType(value))
        {
            return (Base)value.DeepCopy();
        }

        if (value is not PrimitiveType primitive || !wanted.IsSubclassOf(typeof(PrimitiveType)) || wanted.IsAbstract)
        {
            return null;
        }

        PrimitiveType made = (PrimitiveType)Activator.CreateInstance(wanted)!;
        made.JsonValue = primitive.JsonValue;
        made.ElementId = primitive.ElementId;
        made.Extension = [.. primitive.Extension.Select(extension => (Extension)extension.DeepCopy())];
        return made;
    }

    private static Base? Build(Type wanted, List<Parameters.ParameterComponent> parts)
    {
        if (wanted.IsAbstract || wanted.IsSubclassOf(typeof(PrimitiveType)))
        {
            return null;
        }

        Base made = (Base)Activator.CreateInstance(wanted)!;
        foreach (IGrouping<string?, Parameters.ParameterComponent> named in parts.GroupBy(part => part.Name))
        {
            if (Element(wanted, named.Key ?? "") is not { } element)
            {
                return null;
            }

            List<Base?> items = [.. named.Select(part => Of(element, part))];
            if (items.Contains(null) || (items.Count > 1 && !element.IsCollection))
            {
                return null;
            }

            Set(made, element, [.. items.OfType<Base>()]);
        }

        return made;
    }
}
