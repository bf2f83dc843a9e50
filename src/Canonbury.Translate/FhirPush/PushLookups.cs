using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Tree;
using Canonbury.Fhir.Types;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>
/// Names what the translation wants to know of the store: which of these <c>Type/id</c> the source already has under that very id, and
/// whose they are. A client whose ids are mapped may refer to a resource by the id that we gave it; deletes need their owner.
/// </summary>
public static class PushLookups
{
    /// <summary>The final references to look up among the source's own resources; a batch of them is one query.</summary>
    public static IReadOnlySet<string> Of(SourceId source, IdPolicy ids, Resource sent, string? baseUrl = null)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        ElementTree.Walk(sent, sent.TypeName, (element, _) =>
        {
            switch (element)
            {
                case ResourceReference { Reference: { } reference }:
                    Add(wanted, source, ids, SentReferences.Here(reference, baseUrl));
                    break;
                case Bundle.RequestComponent { Url: { } url }:
                    Add(wanted, source, ids, url.Trim('/'));
                    break;
                case Resource { Id: { } id } resource:
                    Add(wanted, source, ids, $"{resource.TypeName}/{id}");
                    break;
                default:
                    break;
            }
        });
        return wanted;
    }

    /// <summary>The same for an id alone: the target of a read, an update or a delete.</summary>
    public static IReadOnlySet<string> Of(SourceId source, IdPolicy ids, string type, string id)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        Add(wanted, source, ids, $"{type}/{id}");
        return wanted;
    }

    private static void Add(HashSet<string> wanted, SourceId source, IdPolicy ids, string reference)
    {
        if (reference.Split('/') is not [{ Length: > 0 } type, { Length: > 0 and <= 64 } id, ..] || !ResourceTypes.Contains(type))
        {
            return;
        }

        if (ids == IdPolicy.Kept)
        {
            wanted.Add($"{type}/{id}");
            return;
        }

        wanted.Add(ResourceIds.Reference(source, type, id));
        if (Guid.TryParseExact(id, "D", out _))
        {
            wanted.Add($"{type}/{id}");
        }
    }
}
