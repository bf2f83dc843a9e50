using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;

namespace Canonbury.Tests.Translate.FhirPush;

/// <summary>The writes of a transaction, without conditions.</summary>
internal static class PushedBundle
{
    public static IReadOnlyList<PushRequest> Requests(Bundle bundle) => [.. bundle.Entry.Select(Request)];

    private static PushRequest Request(Bundle.EntryComponent entry, int index)
    {
        string[] url = entry.Request!.Url!.Split('/');
        return entry.Request.Method == Bundle.HTTPVerb.POST
            ? new PushRequest(PushMethod.Create, url[0])
            {
                Entry = index,
                Id = entry.Resource!.Id ?? FullUrl.IdOf(entry.FullUrl),
                FullUrl = entry.FullUrl,
                Resource = entry.Resource,
            }
            : new PushRequest(entry.Request.Method == Bundle.HTTPVerb.PUT ? PushMethod.Update : PushMethod.Delete, url[0])
            {
                Entry = index,
                Id = url[1],
                FullUrl = entry.FullUrl,
                Resource = entry.Resource,
                IdOptional = true,
            };
    }
}
