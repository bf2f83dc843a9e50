using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Statements;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>
/// A Bundle that is itself a resource: a document, a message, a collection. It is kept whole, since what is inside is attested together
/// (https://hl7.org/fhir/R4/documents.html), and belongs to the patient that it is about; that Patient is stated besides, so that the
/// document finds its person.
/// </summary>
internal static class DocumentBundles
{
    public static bool Accepts(Bundle bundle) =>
        bundle.Type is Bundle.BundleType.Document or Bundle.BundleType.Message or Bundle.BundleType.Collection;

    /// <summary>Attributes the bundle; says in the submission's issues why it cannot.</summary>
    /// <returns>The statements about the patients inside, with the attribution.</returns>
    public static (Attribution? Whose, IReadOnlyList<ResourceStatement> Patients) Attribute(Submission sent, PushContext context)
    {
        Bundle bundle = (Bundle)sent.Resource!;
        if (!Accepts(bundle))
        {
            sent.Issues.Add(new Issue(
                "bundle-type-not-accepted",
                "A bundle is a transaction or batch, or a document, message or collection to keep whole.",
                sent.At("Bundle.type"),
                Type: OperationOutcome.IssueType.NotSupported));
            return (null, []);
        }

        List<ResourceStatement> patients = [.. Inside(bundle, context)];
        return patients.Count == 0 ? (null, []) : (new Attribution(patients[0].Owner, [.. patients.Skip(1).Select(p => p.Owner).Distinct()]), patients);
    }

    // The subject of the document first; a message about two people mentions the second.
    private static IEnumerable<ResourceStatement> Inside(Bundle bundle, PushContext context)
    {
        string? subject = bundle.Entry.Select(e => e.Resource).OfType<Composition>().FirstOrDefault()?.Subject?.Reference;
        return bundle.Entry
            .Where(e => e.Resource is Patient)
            .Select(e => (Patient: (Patient)e.Resource!, e.FullUrl, SentId: e.Resource!.Id ?? FullUrl.IdOf(e.FullUrl)))
            .Where(p => p.SentId is not null)
            .OrderByDescending(p => subject is not null && (p.FullUrl == subject || $"Patient/{p.SentId}" == subject))
            .DistinctBy(p => p.SentId)
            .Select(p => ContainedPatients.State(p.Patient, context.FinalId("Patient", p.SentId!), context));
    }
}
