using Canonbury.Fhir.Types;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Server.Api;

/// <summary>Looks up what the conditional references of a transaction mean. https://hl7.org/fhir/R4/http.html#trules</summary>
internal static class ConditionalReferences
{
    /// <summary>By reference as sent; one that cannot be searched by has no match, which the translation says with its element.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> FindAsync(FhirCall call, IReadOnlyList<PushRequest> requests)
    {
        Dictionary<string, IReadOnlyList<string>> found = new(StringComparer.Ordinal);
        foreach (string reference in PushLookups.Conditional(requests, call.BaseUrl))
        {
            int mark = reference.IndexOf('?', StringComparison.Ordinal);
            string type = reference[..mark];
            if (ResourceTypes.Contains(type) && mark + 1 < reference.Length)
            {
                (IReadOnlyList<string> ids, _) = await ConditionalTargets.FindAsync(call, type, reference[(mark + 1)..]);
                found[reference] = [.. ids.Select(id => $"{type}/{id}")];
            }
        }

        return found;
    }
}
