using System.Text.Json;
using System.Text.Json.Nodes;
using Canonbury.Fhir.Json;

namespace Canonbury.Fhir.Patch;

/// <summary>
/// What a patch emptied is absent, as FHIR has no empty arrays and objects (R4 json.html#null): a client that removes the last item of a list
/// means the list.
/// </summary>
internal static class EmptyParts
{
    public static byte[] Without(JsonNode? root)
    {
        Clean(root);
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, FhirJson.Compact))
        {
            if (root is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                root.WriteTo(writer);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>True where nothing is left.</summary>
    private static bool Clean(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject holder:
                foreach (string name in holder.Where(member => Clean(member.Value)).Select(member => member.Key).ToList())
                {
                    holder.Remove(name);
                }

                return holder.Count == 0;
            case JsonArray list:
                for (int i = list.Count - 1; i >= 0; i--)
                {
                    if (Clean(list[i]))
                    {
                        list.RemoveAt(i);
                    }
                }

                return list.Count == 0;
            default:
                return false;
        }
    }
}
