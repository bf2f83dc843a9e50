using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Tree;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>
/// Resources that name no patient and belong to whom another resource belongs: a Binary to the DocumentReference that shows it, a
/// Provenance to what it is about.
/// </summary>
internal static class Followers
{
    /// <summary>The element whose targets a type follows.</summary>
    private static readonly Dictionary<string, string> Follows = new()
    {
        ["Provenance"] = "target",
        ["Binary"] = "securityContext",
        ["DeviceMetric"] = "source",
        ["PaymentNotice"] = "request",
        ["PaymentReconciliation"] = "request",
        ["EnrollmentResponse"] = "request",
        ["VerificationResult"] = "target",
        ["MessageHeader"] = "focus",
    };

    /// <summary>Attributes what is left, from what the push has attributed so far and what the source already has.</summary>
    /// <param name="owners">By final reference; grows.</param>
    public static void Attribute(IReadOnlyList<Submission> all, Dictionary<string, Attribution> owners, PushContext context)
    {
        Dictionary<string, string> shownBy = ShownBy(all);
        foreach (Submission sent in all.Where(s => s.Resource is not null && !owners.ContainsKey(s.FinalReference)))
        {
            IEnumerable<string> leaders = Follows.TryGetValue(sent.Type, out string? element) ? Targets(sent.Resource!, element) : [];
            if (shownBy.TryGetValue(sent.FinalReference, out string? document))
            {
                leaders = leaders.Prepend(document);
            }

            if (leaders.Select(leader => OwnerOf(leader, owners, context)).FirstOrDefault(a => a is not null) is { } found)
            {
                owners[sent.FinalReference] = found;
            }
        }
    }

    /// <summary>
    /// The element that should say whom a type follows, such as <c>Binary.securityContext</c>; null where the type follows nothing.
    /// </summary>
    public static string? Element(string type) => Follows.TryGetValue(type, out string? element) ? $"{type}.{element}" : null;

    private static Attribution? OwnerOf(string reference, Dictionary<string, Attribution> owners, PushContext context) =>
        owners.TryGetValue(reference, out Attribution? here) ? here
        : context.Known.TryGetValue(reference, out PatientId owner) ? new Attribution(owner, [])
        : null;

    private static IEnumerable<string> Targets(Resource resource, string element)
    {
        IEnumerable<ResourceReference> references = resource.TryGetValue(element, out object? value)
            ? value switch { ResourceReference one => [one], IEnumerable<ResourceReference> many => many, _ => [] }
            : [];
        return references.Select(r => r.Reference).OfType<string>();
    }

    // Which resource of the push shows a Binary in an attachment.
    private static Dictionary<string, string> ShownBy(IReadOnlyList<Submission> all)
    {
        Dictionary<string, string> shownBy = new(StringComparer.Ordinal);
        if (all.Any(s => s.Type == "Binary"))
        {
            foreach (Submission sent in all.Where(s => s.Resource is not (null or Binary)))
            {
                ElementTree.Walk(sent.Resource!, sent.Type, (element, _) =>
                {
                    if (element is Attachment { Url: { } url } && url.StartsWith("Binary/", StringComparison.Ordinal))
                    {
                        shownBy.TryAdd(url, sent.FinalReference);
                    }
                });
            }
        }

        return shownBy;
    }
}
