using System.Text.Json;
using System.Text.Json.Nodes;
using Canonbury.Fhir.Json;

namespace Canonbury.Fhir.Patch;

/// <summary>Applies a JSON Patch document to the JSON of a resource. RFC 6902; https://hl7.org/fhir/R4/http.html#patch</summary>
public sealed class JsonPatch
{
    /// <summary>How many characters all copies of one patch may hold: copying a part into itself doubles it each time.</summary>
    private const int MostCopied = 4 * 1024 * 1024;

    private JsonNode? root;
    private long copied;

    private JsonPatch(JsonNode? root) => this.root = root;

    public static Patched Apply(ReadOnlySpan<byte> resource, ReadOnlyMemory<byte> patch)
    {
        (IReadOnlyList<JsonPatchOperation> operations, Patched? refused) = JsonPatchOperation.Read(patch);
        if (refused is not null)
        {
            return refused;
        }

        JsonPatch document = new(JsonNode.Parse(resource));
        for (int i = 0; i < operations.Count; i++)
        {
            if (document.Do(operations[i]) is (var fault, { } member))
            {
                return Patched.Refused(fault, $"JsonPatch[{i}].{member}");
            }
        }

        return new Patched(EmptyParts.Without(document.root), null);
    }

    private (PatchFault Fault, string Member)? Do(JsonPatchOperation operation)
    {
        JsonPointer path = operation.Path;
        return operation.Op switch
        {
            "add" => At("path", Add(path, Value(operation))),
            "remove" => At("path", Remove(path)),
            "replace" => At("path", Replace(path, Value(operation))),
            "move" => Move(operation.From!, path),
            "copy" => Copy(operation.From!, path),
            _ => Test(path, operation.Value),
        };
    }

    private static (PatchFault, string)? At(string member, PatchFault? fault) => fault is null ? null : (fault, member);

    private static JsonNode? Value(JsonPatchOperation operation) => Node(operation.Value);

    private static JsonNode? Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };

    // RFC 6902 section 4.1
    private PatchFault? Add(JsonPointer path, JsonNode? value)
    {
        if (path.Depth + Depth(value) > FhirJson.MaxDepth)
        {
            return PatchFault.TooLarge;
        }

        if (path.Depth == 0)
        {
            root = value;
            return null;
        }

        switch (path.Holder(root))
        {
            case (JsonObject holder, { } name):
                holder[name] = value;
                return null;
            case (JsonArray list, "-"):
                list.Add(value);
                return null;
            case (JsonArray list, { } step) when JsonPointer.Index(step, list.Count) is { } index:
                list.Insert(index, value);
                return null;
            default:
                return PatchFault.NothingThere;
        }
    }

    // RFC 6902 section 4.2
    private PatchFault? Remove(JsonPointer path)
    {
        switch (path.Holder(root))
        {
            case (JsonObject holder, { } name) when holder.Remove(name):
                return null;
            case (JsonArray list, { } step) when JsonPointer.Index(step, list.Count - 1) is { } index:
                list.RemoveAt(index);
                return null;
            default:
                return PatchFault.NothingThere;
        }
    }

    // RFC 6902 section 4.3
    private PatchFault? Replace(JsonPointer path, JsonNode? value)
    {
        if (!path.TryFind(root, out _))
        {
            return PatchFault.NothingThere;
        }

        if (path.Holder(root) is (JsonArray list, { } step) && JsonPointer.Index(step, list.Count - 1) is { } index)
        {
            list.RemoveAt(index);
        }

        return Add(path, value);
    }

    // RFC 6902 section 4.4
    private (PatchFault, string)? Move(JsonPointer from, JsonPointer path)
    {
        if (from.Holds(path))
        {
            return (new PatchFault("patch-move-into-itself", "A value cannot be moved into itself."), "path");
        }

        if (!from.TryFind(root, out JsonNode? value))
        {
            return (PatchFault.NothingThere, "from");
        }

        return from.Is(path) ? null : At("from", Remove(from)) ?? At("path", Add(path, value));
    }

    // RFC 6902 section 4.5
    private (PatchFault, string)? Copy(JsonPointer from, JsonPointer path)
    {
        if (!from.TryFind(root, out JsonNode? value))
        {
            return (PatchFault.NothingThere, "from");
        }

        copied += value?.ToJsonString().Length ?? 0;
        return copied > MostCopied ? (PatchFault.TooLarge, "from") : At("path", Add(path, value?.DeepClone()));
    }

    // RFC 6902 section 4.6
    private (PatchFault, string)? Test(JsonPointer path, JsonElement expected) =>
        !path.TryFind(root, out JsonNode? value) ? (PatchFault.NothingThere, "path")
        : JsonNode.DeepEquals(value, Node(expected)) ? null
        : (new PatchFault("patch-test-failed", "The value is not the one that the patch expects."), "value");

    private static int Depth(JsonNode? node) => node switch
    {
        JsonObject holder => 1 + holder.Select(member => Depth(member.Value)).DefaultIfEmpty(0).Max(),
        JsonArray list => 1 + list.Select(Depth).DefaultIfEmpty(0).Max(),
        _ => 0,
    };
}
