using System.Collections;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Statements;

/// <summary>Sets elements whose type only the model knows.</summary>
internal static class ElementTypes
{
    /// <summary>The type of a single element.</summary>
    public static Type Of(Base owner, string element) => Property(owner, element)?.ImplementingType
        ?? throw new ArgumentException($"{owner.TypeName} has no element {element}.", nameof(element));

    /// <param name="items">The items of a list, or one value.</param>
    public static void Set(Base owner, string element, IReadOnlyList<Base> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        if (Property(owner, element) is { IsCollection: true } list)
        {
            IList made = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(list.ImplementingType))!;
            foreach (Base item in items)
            {
                made.Add(item);
            }

            owner.SetValue(element, made);
        }
        else
        {
            owner.SetValue(element, items[0]);
        }
    }

    private static PropertyMapping? Property(Base owner, string element) =>
        ModelInfo.ModelInspector.FindClassMapping(owner.GetType())?.FindMappedElementByName(element);
}
