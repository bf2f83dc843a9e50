using Canonbury.Fhir.Types;

namespace Canonbury.Fhir.Search.Paths;

/// <summary>A literal reference, taken apart. https://hl7.org/fhir/R4/references.html#literal</summary>
/// <param name="Base">What stands before type and id in an absolute URL; null for a relative reference.</param>
/// <param name="Version">The version that a <c>/_history/</c> part names.</param>
/// <param name="Type">Null where the text names no type and id, as an URN does.</param>
public readonly record struct ReferenceText(string? Base, string? Type, string? Id, string? Version)
{
    public static ReferenceText Of(string text)
    {
        ReadOnlySpan<char> rest = text;
        string? version = null;
        int history = rest.IndexOf("/_history/");
        if (history >= 0)
        {
            version = rest[(history + "/_history/".Length)..].ToString();
            rest = rest[..history];
        }

        int beforeId = rest.LastIndexOf('/');
        if (beforeId < 0)
        {
            return default;
        }

        int beforeType = rest[..beforeId].LastIndexOf('/');
        string type = rest[(beforeType + 1)..beforeId].ToString();
        return ResourceTypes.Contains(type) && beforeId + 1 < rest.Length
            ? new ReferenceText(beforeType < 0 ? null : rest[..beforeType].ToString(), type, rest[(beforeId + 1)..].ToString(), version)
            : default;
    }
}
