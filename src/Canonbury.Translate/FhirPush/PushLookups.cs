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
    public static IReadOnlySet<string> Of(SourceId source, IdPolicy ids, IEnumerable<PushRequest> requests, string? baseUrl = null)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (PushRequest request in requests)
        {
            Add(wanted, source, ids, $"{request.Type}/{request.Id}");
            Walk(request, reference => Add(wanted, source, ids, SentReferences.Here(reference, baseUrl)), resource => Add(wanted, source, ids, resource));
        }

        return wanted;
    }

    /// <summary>The conditional references that the requests hold. https://hl7.org/fhir/R4/http.html#trules</summary>
    public static IReadOnlySet<string> Conditional(IEnumerable<PushRequest> requests, string? baseUrl)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (PushRequest request in requests)
        {
            Walk(request, reference => wanted.Add(SentReferences.Here(reference, baseUrl)), _ => { });
        }

        wanted.RemoveWhere(reference => !SentReferences.IsConditional(reference));
        return wanted;
    }

    /// <summary>The same for an id alone: the target of a read or a search.</summary>
    public static IReadOnlySet<string> Of(SourceId source, IdPolicy ids, string type, string id)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        Add(wanted, source, ids, $"{type}/{id}");
        return wanted;
    }

    private static void Walk(PushRequest request, Action<string> reference, Action<string> resource)
    {
        if (request is not { Method: PushMethod.Create or PushMethod.Update, Resource: { } sent })
        {
            return;
        }

        ElementTree.Walk(sent, sent.TypeName, (element, _) =>
        {
            switch (element)
            {
                case ResourceReference { Reference: { } target }:
                    reference(target);
                    break;
                case Resource { Id: { } id } inside:
                    resource($"{inside.TypeName}/{id}");
                    break;
                default:
                    break;
            }
        });
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
