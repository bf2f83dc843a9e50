using System.Text.Json;
using Canonbury.Fhir.Json;

namespace Canonbury.Fhir.Patch;

/// <summary>One operation of a JSON Patch document. RFC 6902 section 4.</summary>
/// <param name="From">Of <c>move</c> and <c>copy</c>.</param>
/// <param name="Value">Of <c>add</c>, <c>replace</c> and <c>test</c>.</param>
internal sealed record JsonPatchOperation(string Op, JsonPointer Path, JsonPointer? From, JsonElement Value)
{
    /// <summary>As many as a person or a program that edits one resource could want.</summary>
    public const int Most = 1000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = FhirJson.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads them all, or says what is wrong with the first that cannot be read.</summary>
    public static (IReadOnlyList<JsonPatchOperation> Operations, Patched? Refused) Read(ReadOnlyMemory<byte> patch)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(patch, Strict);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() > Most)
            {
                return ([], Patched.Malformed($"A JSON Patch is an array of at most {Most} operations.", "JsonPatch"));
            }

            List<JsonPatchOperation> operations = [];
            foreach (JsonElement element in root.EnumerateArray())
            {
                (JsonPatchOperation? operation, string member) = Read(element);
                if (operation is null)
                {
                    return ([], Patched.Malformed("The operation lacks this member, or it is not what RFC 6902 says.", $"JsonPatch[{operations.Count}]{member}"));
                }

                operations.Add(operation);
            }

            return (operations, null);
        }
        catch (JsonException)
        {
            return ([], Patched.Malformed("The patch is not well-formed JSON in UTF-8.", "JsonPatch"));
        }
    }

    private static (JsonPatchOperation? Operation, string Member) Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return (null, "");
        }

        string? op = Text(element, "op");
        if (op is not ("add" or "remove" or "replace" or "move" or "copy" or "test"))
        {
            return (null, ".op");
        }

        if (Text(element, "path") is not { } path || JsonPointer.Parse(path) is not { } pointer)
        {
            return (null, ".path");
        }

        JsonPointer? from = op is "move" or "copy" && Text(element, "from") is { } source ? JsonPointer.Parse(source) : null;
        if (op is "move" or "copy")
        {
            return from is null ? (null, ".from") : (new JsonPatchOperation(op, pointer, from, default), "");
        }

        return element.TryGetProperty("value", out JsonElement value) || op == "remove"
            ? (new JsonPatchOperation(op, pointer, null, value.ValueKind == JsonValueKind.Undefined ? value : value.Clone()), "")
            : (null, ".value");
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
