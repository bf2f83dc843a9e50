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
    /// <param name="requests">One, or the writes of a transaction. https://hl7.org/fhir/R4/http.html#transaction</param>
    public static PushResult Translate(IReadOnlyList<PushRequest> requests, PushContext context)
    {
        List<Submission> all = [.. requests.Select(request => new Submission(request))];
        foreach (Patient patient in all.Select(sent => sent.Resource).OfType<Patient>())
        {
            patient.Link.RemoveAll(link => link.Extension.Exists(extension => extension.Url == ComputedLink.Url));
        }

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
        return new PushResult(entries, issues.Count > 0 ? Problem.Refused(issues) : null, [.. all.SelectMany(PushFindings.Of)]);
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

    private static void GiveIds(IReadOnlyList<Submission> all, PushContext context)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        foreach (Submission sent in all)
        {
            bool ours = sent.Method == PushMethod.Create && (context.Ids == IdPolicy.Kept || sent.SentId is null);
            sent.FinalId = ours ? context.NewId() : context.FinalId(sent.Type, sent.SentId!);
            if (sent.Resource is { } resource)
            {
                CheckId(sent, resource, context);
                resource.Id = sent.FinalId;
            }

            // R4 http.html#trules: a transaction with two entries for one resource is refused.
            if (sent.Method != PushMethod.Found && !given.Add(sent.FinalReference))
            {
                sent.Issues.Add(new Issue("entry-duplicate", "Two entries are about the same resource.", sent.Root));
            }

            if (RefusedTypes.Check(sent.Type, sent.Root) is { } refused)
            {
                sent.Issues.Add(refused);
            }
        }
    }

    // R4 http.html#update: the id in the resource shall be the one in the URL. Where ids are mapped, either of the two names it.
    private static void CheckId(Submission sent, Resource resource, PushContext context)
    {
        if (sent.Method != PushMethod.Update)
        {
            return;
        }

        if (!Id.IsValidValue(sent.SentId!))
        {
            sent.Issues.Add(new Issue("id-invalid", "An id is 1 to 64 letters, digits, hyphens and dots.", sent.At(sent.Type + ".id"), Type: OperationOutcome.IssueType.Value));
        }
        else if (resource.Id is null ? !sent.Request.IdOptional : context.FinalId(sent.Type, resource.Id) != sent.FinalId)
        {
            sent.Issues.Add(new Issue("id-mismatch", "The resource's id must be that of the resource that is updated.", sent.At(sent.Type + ".id")));
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
            // It is kept for its source alone (design, section 4), and what is missing is told to those who run the service.
            sent.Unattributed = Attribution.Missing(sent);
            owners[sent.FinalReference] = Attribution.Nobody;
        }

        PushRequest request = sent.Request;
        int? ifMatch = EntityTag.Version(request.IfMatch);
        if (request.IfMatch is not null && ifMatch is null)
        {
            string element = request.Entry is { } index ? $"Bundle.entry[{index}].request.ifMatch" : "http.If-Match";
            sent.Issues.Add(new Issue("if-match-invalid", "A version to match is written W/\"3\".", element));
        }

        IReadOnlyList<ResourceStatement> statements = sent.Issues.Count > 0 || sent.Method == PushMethod.Found ? []
            : sent.Method == PushMethod.Delete ? Deletion(sent, context)
            : [Snapshot(sent, owners[sent.FinalReference]), .. besides.GetValueOrDefault(sent.FinalReference) ?? []];
        return new PushEntry(request.Entry, sent.Method, sent.Type, sent.FinalId, statements, ifMatch)
        {
            OnlyNew = request.OnlyNew,
            PatchOf = request.PatchOf,
        };
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
