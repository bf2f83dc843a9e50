using System.Text.Json;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation;

/// <summary>
/// Finds a <c>resourceType</c> that stands twice in one object, of which the SDK takes the first: another reader may take the last.
/// https://hl7.org/fhir/R4/json.html (property names are unique in an object)
/// </summary>
internal static class RepeatedTypes
{
    private static readonly JsonReaderOptions Limits = new() { MaxDepth = FhirJson.MaxDepth };

    /// <param name="json">A body that could be read.</param>
    /// <param name="type">The type of the resource that it holds.</param>
    public static Issue? Find(ReadOnlySpan<byte> json, string type)
    {
        ReadOnlySpan<byte> body = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        if (body.Count("\"resourceType\""u8) < 2)
        {
            return null;
        }

        Utf8JsonReader reader = new(body, Limits);
        Span<bool> isTyped = stackalloc bool[FhirJson.MaxDepth + 1];
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                isTyped[reader.CurrentDepth + 1] = false;
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("resourceType"u8))
            {
                if (isTyped[reader.CurrentDepth])
                {
                    long line = body[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
                    return new Issue("property-duplicate", "resourceType occurs twice in one object.", type, line, OperationOutcome.IssueType.Structure);
                }

                isTyped[reader.CurrentDepth] = true;
            }
        }

        return null;
    }
}
