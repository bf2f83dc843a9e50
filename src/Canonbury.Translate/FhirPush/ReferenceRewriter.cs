using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Tree;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>
/// Puts final references everywhere in a resource: elements, extensions, contained resources. Narratives stay as sent, and so do
/// canonicals, absolute URLs to elsewhere, logical and contained references.
/// </summary>
internal static class ReferenceRewriter
{
    public static void Rewrite(Submission sent, SentReferences references) =>
        ElementTree.Walk(sent.Resource!, sent.Root, (element, tree) =>
        {
            switch (element)
            {
                case ResourceReference { Reference: { } target } reference when !sent.Request.FinalReferences.Contains(target):
                    Point(sent, reference, references.Resolve(target), tree);
                    break;
                case Attachment { Url: { } link } attachment when references.Link(link) is { } final:
                    attachment.Url = final;
                    break;

                // R4 http.html#trules: elements of type uri, url, oid and uuid that hold an entry's temporary id are replaced too.
                case FhirUri { Value: ['u', 'r', 'n', ':', ..] } uri when references.Link(uri.Value) is { } final:
                    uri.Value = final;
                    break;
                case FhirUrl { Value: ['u', 'r', 'n', ':', ..] } url when references.Link(url.Value) is { } final:
                    url.Value = final;
                    break;
                default:
                    break;
            }
        });

    private static void Point(Submission sent, ResourceReference reference, string? final, ElementTree tree)
    {
        if (final is not null)
        {
            reference.Reference = final;
            return;
        }

        sent.Issues.Add(new Issue(
            "reference-conditional",
            "A conditional reference stands in a transaction and must have exactly one match.",
            tree.Path + ".reference",
            Type: OperationOutcome.IssueType.NotSupported));
    }
}
