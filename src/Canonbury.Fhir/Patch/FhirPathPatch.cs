using System.Text.Json.Nodes;
using Canonbury.Fhir.Json;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Patch;

/// <summary>Applies a FHIRPath Patch to a resource. https://hl7.org/fhir/R4/fhirpatch.html</summary>
public static class FhirPathPatch
{
    private static readonly PatchFault NotOne = new("patch-path-many", "The path selects more than one element.");
    private static readonly PatchFault NoList = new("patch-path-not-list", "The path does not select all items of one list.");
    private static readonly PatchFault BadIndex = new("patch-index-invalid", "The list is shorter than that.");
    private static readonly PatchFault Unknown = new("patch-element-unknown", "The element at the path has no child of this name.");
    private static readonly PatchFault Exists = new("patch-element-exists", "The element has a value already, and does not repeat.");
    private static readonly PatchFault NoValue = new("patch-value-type", "The value is not one that this element can have.");
    private static readonly PatchFault NotElement = new("patch-path-not-element", "The path does not select elements of the resource.");
    private static readonly PatchFault Root = new("patch-path-root", "The resource as a whole cannot be deleted, replaced or moved by a patch.");

    /// <param name="resource">It is changed, also where the patch is refused in the end.</param>
    public static Patched Apply(Resource resource, Parameters patch)
    {
        (IReadOnlyList<FhirPathOperation> operations, Patched? refused) = FhirPathOperation.Read(patch);
        if (refused is not null)
        {
            return refused;
        }

        for (int i = 0; i < operations.Count; i++)
        {
            if (Do(resource, operations[i]) is { } fault)
            {
                return Patched.Refused(fault, $"Parameters.parameter[{i}]");
            }
        }

        return new Patched(EmptyParts.Without(JsonNode.Parse(FhirJson.ToUtf8(resource))), null);
    }

    // A statement that selects nothing is an error, but for a delete.
    private static PatchFault? Do(Resource resource, FhirPathOperation operation) => operation.Path.Select(resource) switch
    {
        null => NotElement,
        [] => operation.Type == "delete" ? null : PatchFault.NothingThere,
        [var target] when operation.Type == "add" => Add(target.Poco, operation),
        [{ Parent: null }] => Root,
        { } items when operation.Type is "insert" or "move" => ChangeList(items, operation),
        [var target] => ChangeOne(target, operation),
        _ => NotOne,
    };

    private static PatchFault? Add(Base owner, FhirPathOperation operation)
    {
        if (PatchValue.Element(owner, operation.Name) is not { } element)
        {
            return Unknown;
        }

        List<Base> items = PatchValue.Items(owner, element.Name);
        if (items.Count > 0 && !element.IsCollection)
        {
            return Exists;
        }

        return PatchValue.Of(element, operation.Value!) is { } value ? Set(owner, element, [.. items, value]) : NoValue;
    }

    private static PatchFault? ChangeOne(PocoNode target, FhirPathOperation operation)
    {
        (Base owner, PropertyMapping element) = Place(target);
        List<Base> items = PatchValue.Items(owner, element.Name);
        int at = items.FindIndex(item => ReferenceEquals(item, target.Poco));
        if (at < 0)
        {
            return NotElement;
        }

        if (operation.Type == "delete")
        {
            items.RemoveAt(at);
            return Set(owner, element, items);
        }

        if (PatchValue.Of(element, operation.Value!) is not { } value)
        {
            return NoValue;
        }

        items[at] = value;
        return Set(owner, element, items);
    }

    private static PatchFault? ChangeList(IReadOnlyList<PocoNode> selected, FhirPathOperation operation)
    {
        (Base owner, PropertyMapping element) = Place(selected[0]);
        List<Base> items = PatchValue.Items(owner, element.Name);
        if (!element.IsCollection || !items.SequenceEqual(selected.Select(node => node.Poco), ReferenceEqualityComparer.Instance))
        {
            return NoList;
        }

        if (operation.Type == "move")
        {
            if (operation.From >= items.Count || operation.To >= items.Count)
            {
                return BadIndex;
            }

            Base moved = items[operation.From];
            items.RemoveAt(operation.From);
            items.Insert(operation.To, moved);
            return Set(owner, element, items);
        }

        if (operation.Index > items.Count)
        {
            return BadIndex;
        }

        if (PatchValue.Of(element, operation.Value!) is not { } value)
        {
            return NoValue;
        }

        items.Insert(operation.Index, value);
        return Set(owner, element, items);
    }

    private static (Base Owner, PropertyMapping Element) Place(PocoNode node)
    {
        Base owner = ((PocoNode)node.Parent!).Poco;
        return (owner, PatchValue.Element(owner, node.Name!) ?? throw new InvalidOperationException("An element that was found has its place in the model."));
    }

    private static PatchFault? Set(Base owner, PropertyMapping element, IReadOnlyList<Base> items)
    {
        PatchValue.Set(owner, element, items);
        return null;
    }
}
