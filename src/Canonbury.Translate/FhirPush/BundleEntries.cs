using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Types;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>Reads the entries of a transaction or batch. https://hl7.org/fhir/R4/http.html#transaction</summary>
internal static class BundleEntries
{
    public static IReadOnlyList<Submission> Read(Bundle bundle) => [.. bundle.Entry.Select(Read)];

    private static Submission Read(Bundle.EntryComponent entry, int index)
    {
        string at = $"Bundle.entry[{index}]";
        if (entry.Request is not { Method: { } method } request)
        {
            return Refused(index, entry, "entry-request-absent", "An entry of a transaction or batch needs a request with a method.",
                at + ".request");
        }

        if (request.IfNoneExist is not null)
        {
            return Refused(index, entry, "conditional-not-supported", "Conditional create is not supported.", at + ".request.ifNoneExist");
        }

        if (request.IfNoneMatch is not null && method == Bundle.HTTPVerb.PUT)
        {
            return Refused(index, entry, "conditional-not-supported", "An update on the condition that nothing is there is not supported.",
                at + ".request.ifNoneMatch");
        }

        return method switch
        {
            Bundle.HTTPVerb.POST => Create(index, entry, request, at),
            Bundle.HTTPVerb.PUT => Update(index, entry, request, at),
            Bundle.HTTPVerb.DELETE => Delete(index, entry, request, at),
            _ => Refused(index, entry, "method-not-supported", "Entries may be POST, PUT or DELETE.", at + ".request.method"),
        };
    }

    private static Submission Create(int index, Bundle.EntryComponent entry, Bundle.RequestComponent request, string at)
    {
        if (entry.Resource is not { } resource)
        {
            return Refused(index, entry, "entry-resource-absent", "An entry that creates needs a resource.", at + ".resource");
        }

        return request.Url?.Trim('/') is { Length: > 0 } url && url != resource.TypeName
            ? Refused(index, entry, "type-mismatch", "The request's URL names another type than the resource.", at + ".request.url")
            : new Submission(index, PushMethod.Create, resource.TypeName, resource.Id ?? IdOf(entry.FullUrl), resource)
            {
                FullUrl = entry.FullUrl,
            };
    }

    private static Submission Update(int index, Bundle.EntryComponent entry, Bundle.RequestComponent request, string at)
    {
        if (entry.Resource is not { } resource)
        {
            return Refused(index, entry, "entry-resource-absent", "An entry that updates needs a resource.", at + ".resource");
        }

        if (Target(request.Url) is not ({ } type, { } id))
        {
            return Refused(index, entry, "request-url-invalid", "An update names Type/id; conditional update is not supported.",
                at + ".request.url");
        }

        if (type != resource.TypeName)
        {
            return Refused(index, entry, "type-mismatch", "The request's URL names another type than the resource.", at + ".request.url");
        }

        // R4 http.html#update: the id in the resource shall be the one in the URL.
        return resource.Id is not null && resource.Id != id
            ? Refused(index, entry, "id-mismatch", "The resource's id is not the one in the URL.", at + ".resource.id")
            : new Submission(index, PushMethod.Update, type, id, resource) { FullUrl = entry.FullUrl, IfMatch = request.IfMatch };
    }

    private static Submission Delete(int index, Bundle.EntryComponent entry, Bundle.RequestComponent request, string at) =>
        Target(request.Url) is ({ } type, { } id) && ResourceTypes.Contains(type)
            ? new Submission(index, PushMethod.Delete, type, id, null) { IfMatch = request.IfMatch }
            : Refused(index, entry, "request-url-invalid", "A delete names Type/id; conditional delete is not supported.",
                at + ".request.url");

    private static Submission Refused(int index, Bundle.EntryComponent entry, string code, string words, string element)
    {
        string type = entry.Resource?.TypeName ?? "Resource";
        Submission refused = new(index, PushMethod.Create, type, null, entry.Resource) { FullUrl = entry.FullUrl };
        refused.Issues.Add(new Issue(code, words, element, Type: OperationOutcome.IssueType.NotSupported));
        return refused;
    }

    private static (string Type, string Id)? Target(string? url) =>
        url?.Trim('/').Split('/') is [{ Length: > 0 } type, { Length: > 0 } id] && !url.Contains('?', StringComparison.Ordinal)
            ? (type, id)
            : null;

    /// <summary>The id in a fullUrl: the UUID of <c>urn:uuid:…</c>, else the last part of a URL.</summary>
    public static string? IdOf(string? fullUrl) => fullUrl is null
        ? null
        : fullUrl[(fullUrl.LastIndexOfAny(['/', ':']) + 1)..] is { Length: > 0 } id ? id : null;
}
