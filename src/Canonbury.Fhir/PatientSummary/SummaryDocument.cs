using System.Globalization;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.PatientSummary;

/// <summary>
/// Makes the International Patient Summary of a person (feature C7): one document of what the sources said, computed when it is asked for. It claims
/// no profile, since sources' resources are handed on as they are. https://hl7.org/fhir/uv/ips/ (2.0.0), https://hl7.org/fhir/R4/documents.html
/// </summary>
public static class SummaryDocument
{
    private static readonly Guid Space = new("5d2a1f0c-7a64-5c0e-9c2b-3f2f0f8d6a41");

    /// <param name="subject">Whom it is about. Whatever masking the caller's grant asks for was done before.</param>
    /// <param name="resources">
    /// The newest versions of everything that the grant shows of the person, and of what these refer to (practitioners, organisations, medications).
    /// </param>
    /// <param name="facts">What is not there, and why.</param>
    /// <param name="now">The moment of the document.</param>
    /// <param name="span">How the narratives write dates.</param>
    public static Bundle Make(SummarySubject subject, IReadOnlyList<Resource> resources, SummaryFacts facts, DateTimeOffset now, WriteSpan span)
    {
        string id = NameBasedGuid.Of(Space, $"{subject.BaseUrl}\n{subject.Asked.Id}\n{now:O}").ToString("D");
        SummaryEntries entries = new(subject, resources);
        Device author = new()
        {
            Id = NameBasedGuid.Of(Space, subject.BaseUrl).ToString("D"),
            DeviceName = [new Device.DeviceNameComponent { Name = "Canonbury", Type = DeviceNameType.UserFriendlyName }],
        };
        string patient = entries.Url("Patient/" + subject.Asked.Id);
        string maker = "urn:uuid:" + author.Id;
        Composition composition = new()
        {
            Id = id,
            Language = "en-GB",
            Identifier = new Identifier("urn:ietf:rfc:3986", "urn:uuid:" + id),
            Status = CompositionStatus.Final,
            Type = new CodeableConcept("http://loinc.org", "60591-5", "Patient summary Document", null),
            Subject = new ResourceReference(patient),
            DateElement = new FhirDateTime(now),
            Author = [new ResourceReference(maker) { Display = "Canonbury" }],
            Title = "Patient summary as at " + now.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture),
            Text = SummaryNarrative.Words(facts.Sources.Select(Answered).Prepend("What the sources of this record have sent, as at the time of the document.")
                .Append(Waiting(facts))),
            Section = [.. Sections(resources, facts, entries, span)],
        };
        Bundle document = new()
        {
            Id = id,
            Type = Bundle.BundleType.Document,
            Identifier = new Identifier("urn:ietf:rfc:3986", "urn:uuid:" + id),
            Timestamp = now,
            Entry = [new Bundle.EntryComponent { FullUrl = "urn:uuid:" + id, Resource = composition }],
        };
        document.Entry.AddRange(entries.Finish());
        document.Entry.Add(new Bundle.EntryComponent { FullUrl = maker, Resource = author });
        return document;
    }

    private static IEnumerable<Composition.SectionComponent> Sections(IReadOnlyList<Resource> resources, SummaryFacts facts, SummaryEntries entries, WriteSpan span)
    {
        List<(Resource Resource, Card Card)> left = [.. resources
            .Where(entries.IsAbout)
            .Select(resource => (resource, CardExtractor.Extract(resource)))
            .Where(one => !one.Item2.Withdrawn)
            .OrderByDescending(one => one.Item2.When ?? one.Item2.Recorded, StringComparer.Ordinal)
            .ThenBy(one => one.resource.Id, StringComparer.Ordinal)];
        foreach (SummarySection section in SummarySection.All)
        {
            bool isWithheld = facts.Withheld.Contains(section.Part);
            ILookup<bool, (Resource Resource, Card Card)> parted = left.ToLookup(one => section.Takes(one.Resource, one.Card));
            left = [.. parted[false]];
            IEnumerable<(Resource Resource, Card Card)> taken = isWithheld ? [] : parted[true];
            if (section.OnlyNewest)
            {
                taken = taken.DistinctBy(one => (one.Resource.TypeName, one.Card.Group ?? (one.Card.Code is { } code ? $"{one.Card.System}|{code}" : one.Resource.Id)));
            }

            List<(Resource Resource, Card Card)> shown = [.. taken];
            if (shown.Count > 0)
            {
                Composition.SectionComponent filled = Named(section, SummaryNarrative.Table(shown.Select(one => one.Card), Waiting(facts), span));
                filled.Entry = [.. shown.Select(one => new ResourceReference(entries.Take(one.Resource)))];
                yield return filled;
            }
            else if (section.Always || isWithheld)
            {
                (string code, string display, string words) = SummaryEmptiness.Of(isWithheld, facts);
                Composition.SectionComponent empty = Named(section, SummaryNarrative.Words(words));
                empty.EmptyReason = new CodeableConcept("http://terminology.hl7.org/CodeSystem/list-empty-reason", code, display, words);
                yield return empty;
            }
        }
    }

    private static Composition.SectionComponent Named(SummarySection section, Narrative text) => new()
    {
        Title = section.Title,
        Code = new CodeableConcept("http://loinc.org", section.Loinc.Code, section.Loinc.Display, null),
        Text = text,
    };

    private static string Answered(SummarySource source) => (source.AsAt, source.Answered) switch
    {
        (null, _) => $"{source.Name}: has sent nothing.",
        ({ } at, true) => $"{source.Name}: as at {at.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)}.",
        ({ } at, false) => $"{source.Name}: does not answer; what it sent is as at {at.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)}.",
    };

    private static string? Waiting(SummaryFacts facts) => facts.NotYetUsable == 0 ? null
        : FormattableString.Invariant($"There may be more: {facts.NotYetUsable} messages about this person were received and cannot be shown yet.");
}
