using System.Globalization;
using Canonbury.Borough.Systems;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Canonbury.Translate.FhirPush;
using Canonbury.Translate.Hl7v2;
using Hl7.Fhir.Model;

namespace Canonbury.Benchmarks.Dictionaries;

/// <summary>The resources that are stored of what the borough's systems send, each with the <c>meta</c> that the record gives it.</summary>
internal sealed class StoredResources(ulong seed)
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private static readonly Dictionary<string, PatientId> NothingKnown = [];

    private readonly Random random = new((int)(seed % int.MaxValue));

    public IEnumerable<Resource> Of(SourceEvent sent)
    {
        SourceId source = new(sent.System.Code);
        DateTimeOffset received = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(random.Next());
        Guid message = NewGuid();
        foreach (ResourceStatement statement in sent.System.SendsFhir ? OfBundle(sent, source) : OfMessage(sent, source, received))
        {
            Resource resource = statement.Content;
            resource.Meta ??= new Meta();
            resource.Meta.VersionId = (random.Next(10) == 0 ? random.Next(2, 10) : 1).ToString(CultureInfo.InvariantCulture);
            resource.Meta.LastUpdated = received.AddMilliseconds(random.Next(5, 500)).AddTicks(random.Next(10_000));
            resource.Meta.Source = $"urn:canonbury:source:{source}#{message:D}";
            yield return resource;
        }
    }

    private static IReadOnlyList<ResourceStatement> OfMessage(SourceEvent sent, SourceId source, DateTimeOffset received) =>
        Hl7v2Translator.Translate(sent.Payload, new TranslationContext(source, London, received)).Statements;

    private IReadOnlyList<ResourceStatement> OfBundle(SourceEvent sent, SourceId source)
    {
        Bundle bundle = (Bundle)FhirJson.Parse(sent.Payload.Span).Resource!;
        PushContext context = new(source, IdPolicy.Mapped, NothingKnown, () => NewGuid().ToString("D"));
        return FhirPushTranslator.Translate([.. bundle.Entry.Select(Request)], context).Statements;
    }

    // The borough updates by id, or creates.
    private static PushRequest Request(Bundle.EntryComponent entry, int index)
    {
        string[] url = entry.Request!.Url!.Split('/');
        return new PushRequest(url.Length > 1 ? PushMethod.Update : PushMethod.Create, url[0])
        {
            Entry = index,
            Id = url.Length > 1 ? url[1] : entry.Resource!.Id ?? FullUrl.IdOf(entry.FullUrl),
            FullUrl = entry.FullUrl,
            Resource = entry.Resource,
            IdOptional = true,
        };
    }

    private Guid NewGuid()
    {
        byte[] bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
