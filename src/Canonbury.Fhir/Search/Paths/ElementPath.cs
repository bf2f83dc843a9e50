using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Paths;

/// <summary>
/// One way into a resource, as the expressions of search parameters spell it: a compiled piece of FHIRPath. It runs over the SDK's model without
/// its FHIRPath engine, which is a thousand times slower. https://hl7.org/fhir/R4/searchparameter-registry.html
/// </summary>
internal abstract record PathStep
{
    private PathStep()
    {
    }

    /// <summary>The children of that name.</summary>
    public sealed record Child(string Name) : PathStep;

    /// <summary><c>as(Type)</c> and <c>as Type</c>: elements of that type only.</summary>
    public sealed record OfType(string Type) : PathStep;

    /// <summary><c>where(name='value')</c>.</summary>
    public sealed record Where(string Name, string Value) : PathStep;

    /// <summary><c>where(resolve() is Type)</c>: references to that type.</summary>
    public sealed record RefersTo(string Type) : PathStep;

    /// <summary><c>[n]</c>.</summary>
    public sealed record At(int Index) : PathStep;

    /// <summary><c>%resource</c>: back to the resource, in the components of a composite.</summary>
    public sealed record Root : PathStep;

    /// <summary><c>exists() and … != false</c>, which only <c>Patient.deceased</c> has: whether the child is there and not false.</summary>
    public sealed record IsSo(string Name) : PathStep;
}

/// <summary>A path from the root of a resource, or from the base of a composite.</summary>
internal sealed record ElementPath(IReadOnlyList<PathStep> Steps)
{
    /// <summary>The names along the way, joined by full stops: what the path leads to, whatever its conditions.</summary>
    public string Elements => string.Join('.', Steps.OfType<PathStep.Child>().Select(step => step.Name));

    /// <summary>Every element that the path leads to.</summary>
    /// <param name="resource">The resource that holds them, in which references to contained resources are resolved.</param>
    public void Visit(Base start, Resource resource, Action<Base> found) => Visit(start, 0, resource, found);

    private void Visit(Base element, int at, Resource resource, Action<Base> found)
    {
        if (at == Steps.Count)
        {
            found(element);
            return;
        }

        switch (Steps[at])
        {
            case PathStep.Child { Name: var name } when element.TryGetValue(name, out object? value):
                VisitChildren(value, at + 1, resource, found);
                break;
            case PathStep.OfType { Type: var type } when element.TypeName.Equals(type, StringComparison.Ordinal):
                Visit(element, at + 1, resource, found);
                break;
            case PathStep.Where(var name, var expected) when element.TryGetValue(name, out object? value) && Text(value) == expected:
                Visit(element, at + 1, resource, found);
                break;
            case PathStep.RefersTo { Type: var type } when element is ResourceReference reference && Targets.TypeOf(reference, resource) is { } target:
                if (target == type)
                {
                    Visit(element, at + 1, resource, found);
                }

                break;
            case PathStep.Root:
                Visit(resource, at + 1, resource, found);
                break;
            case PathStep.IsSo { Name: var name }:
                bool isSo = element.TryGetValue(name, out object? said) && said is not FhirBoolean { Value: false };
                Visit(new FhirBoolean(isSo), at + 1, resource, found);
                break;
            default:
                break;
        }
    }

    private void VisitChildren(object value, int at, Resource resource, Action<Base> found)
    {
        if (value is Base child)
        {
            // [0] of an element that cannot repeat is the element.
            Visit(child, at < Steps.Count && Steps[at] is PathStep.At { Index: 0 } ? at + 1 : at, resource, found);
        }
        else if (value is IEnumerable<Base> children)
        {
            if (at < Steps.Count && Steps[at] is PathStep.At { Index: var index })
            {
                children = children.Skip(index).Take(1);
                at++;
            }

            foreach (Base item in children)
            {
                Visit(item, at, resource, found);
            }
        }
    }

    private static string? Text(object value) => (value as PrimitiveType)?.JsonValue as string;
}
