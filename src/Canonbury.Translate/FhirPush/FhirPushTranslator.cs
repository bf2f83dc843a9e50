using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Statements;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>
/// What a FHIR push means, as statements about resources. Pure: it changes the resource that it is given into its final form (id,
/// references), and knows the store only by <see cref="PushContext.Known"/>.
/// </summary>
public static class FhirPushTranslator
{
    /// <summary>A transaction or batch. https://hl7.org/fhir/R4/http.html#transaction</summary>
    public static PushResult Entries(Bundle bundle, PushContext context)
    {
        if (bundle.Type is not (Bundle.BundleType.Transaction or Bundle.BundleType.Batch))
        {
            return PushResult.Refused(Problem.NotSupported("Only a transaction or batch can be posted to the base.", "Bundle.type"));
        }

        return Translate(BundleEntries.Read(bundle), bundle.Type == Bundle.BundleType.Transaction, context);
    }

    /// <summary>
    /// A create, <c>POST [base]/Type</c>. Where ids are mapped, the sender's id is its key; else the server makes the id.
    /// </summary>
    public static PushResult Create(Resource resource, PushContext context) =>
        Translate([new Submission(null, PushMethod.Create, resource.TypeName, resource.Id, resource)], true, context);

    /// <summary>An update, <c>PUT [base]/Type/id</c>. https://hl7.org/fhir/R4/http.html#update</summary>
    public static PushResult Update(Resource resource, string id, string? ifMatch, PushContext context)
    {
        Submission sent = new(null, PushMethod.Update, resource.TypeName, id, resource) { IfMatch = ifMatch };
        if (resource.Id != id)
        {
            sent.Issues.Add(new Issue("id-mismatch", "The resource's id must be the one in the URL.", resource.TypeName + ".id"));
        }

        return Translate([sent], true, context);
    }

    /// <summary>A delete, <c>DELETE [base]/Type/id</c>; without statements where the source has no such resource.</summary>
    public static PushResult Delete(string type, string id, string? ifMatch, PushContext context) =>
        Translate([new Submission(null, PushMethod.Delete, type, id, null) { IfMatch = ifMatch }], true, context);

    private static PushResult Translate(IReadOnlyList<Submission> all, bool atomic, PushContext context)
    {
        GiveIds(all, context);
        SentReferences references = new(context, all);
        foreach (Submission sent in all.Where(s => s.Resource is not (null or Bundle)))
        {
            ReferenceRewriter.Rewrite(sent, references);
        }

        Dictionary<string, Attribution> owners = new(StringComparer.Ordinal);
        Dictionary<string, IReadOnlyList<ResourceStatement>> besides = new(StringComparer.Ordinal);
        foreach (Submission sent in all.Where(s => s.Resource is not null))
        {
            if (Whose(sent, besides, context) is { } whose)
            {
                owners.TryAdd(sent.FinalReference, whose);
            }
        }

        Followers.Attribute(all, owners, context);
        List<PushEntry> entries = [.. all.Select(s => Entry(s, owners, besides, context))];
        List<Issue> issues = [.. all.SelectMany(s => s.Issues)];
        Problem? problem = atomic && issues.Count > 0 ? Problem.Refused(issues) : null;
        return new PushResult(entries, atomic, problem, [.. all.SelectMany(PushFindings.Of)]);
    }

    private static Attribution? Whose(Submission sent, Dictionary<string, IReadOnlyList<ResourceStatement>> besides, PushContext context)
    {
        Resource resource = sent.Resource!;
        if (resource is not Bundle)
        {
            besides[sent.FinalReference] =
                [.. ContainedPatients.State(resource, PatientCompartment.References(resource).Select(r => r.Reference), context)];
            return Attribution.Of(resource, context);
        }

        (Attribution? whose, besides[sent.FinalReference]) = DocumentBundles.Attribute(sent, context);
        return whose;
    }

    // R4 http.html#trules: a transaction with two entries for one resource is refused.
    private static void GiveIds(IReadOnlyList<Submission> all, PushContext context)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        foreach (Submission sent in all)
        {
            bool ours = sent.Method == PushMethod.Create && (context.Ids == IdPolicy.Kept || sent.SentId is null);
            sent.FinalId = ours ? context.NewId() : context.FinalId(sent.Type, sent.SentId!);
            if (sent.Resource is { } resource)
            {
                resource.Id = sent.FinalId;
            }

            if (sent.Issues.Count == 0 && !given.Add(sent.FinalReference))
            {
                sent.Issues.Add(new Issue("entry-duplicate", "Two entries are about the same resource.", sent.Root));
            }

            if (RefusedTypes.Check(sent.Type, sent.Root) is { } refused)
            {
                sent.Issues.Add(refused);
            }
        }
    }

    private static PushEntry Entry(
        Submission sent,
        Dictionary<string, Attribution> owners,
        Dictionary<string, IReadOnlyList<ResourceStatement>> besides,
        PushContext context)
    {
        if (sent.Resource is not null && sent.Issues.Count == 0 && !owners.ContainsKey(sent.FinalReference))
        {
            sent.Issues.Add(Attribution.Missing(sent));
        }

        int? ifMatch = EntityTag.Version(sent.IfMatch);
        if (sent.IfMatch is not null && ifMatch is null)
        {
            string element = sent.Entry is { } index ? $"Bundle.entry[{index}].request.ifMatch" : "http.If-Match";
            sent.Issues.Add(new Issue("if-match-invalid", "A version to match is written W/\"3\".", element));
        }

        Problem? problem = sent.Issues.Count > 0 ? Problem.Refused(sent.Issues) : null;
        IReadOnlyList<ResourceStatement> statements = problem is not null ? []
            : sent.Method == PushMethod.Delete ? Deletion(sent, context)
            : [Snapshot(sent, owners[sent.FinalReference]), .. besides.GetValueOrDefault(sent.FinalReference) ?? []];
        return new PushEntry(sent.Entry, sent.Method, sent.Type, sent.FinalId, statements, ifMatch, problem);
    }

    private static ResourceStatement Snapshot(Submission sent, Attribution whose)
    {
        Resource resource = sent.Resource!;
        if (resource.Meta is { } meta)
        {
            // These are the server's (R4 resource.html#Meta); the writer sets them.
            meta.VersionId = null;
            meta.LastUpdatedElement = null;
            meta.Source = null;
            resource.Meta = meta.Profile.Any() || meta.Tag.Count > 0 || meta.Security.Count > 0 || meta.Extension.Count > 0 ? meta : null;
        }

        return new ResourceStatement { Content = resource, Mode = StatementMode.Snapshot, Owner = whose.Owner, Mentions = whose.Mentions };
    }

    private static IReadOnlyList<ResourceStatement> Deletion(Submission sent, PushContext context)
    {
        if (!context.Known.TryGetValue(sent.FinalReference, out PatientId owner))
        {
            return [];
        }

        Resource gone = (Resource)Activator.CreateInstance(ModelInfo.GetTypeForFhirType(sent.Type)!)!;
        gone.Id = sent.FinalId;
        return [new ResourceStatement { Content = gone, Mode = StatementMode.Delete, Owner = owner }];
    }
}
