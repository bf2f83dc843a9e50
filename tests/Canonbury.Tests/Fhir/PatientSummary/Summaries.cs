using System.Text;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.PatientSummary;
using Canonbury.Fhir.Tree;
using Canonbury.Fhir.Validation;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.PatientSummary;

/// <summary>Hand-made resources of one made-up person, and what their summary says.</summary>
internal static class Summaries
{
    public const string Base = "https://record.example/fhir";

    public static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 30, 0, TimeSpan.Zero);

    public static readonly Patient Asked = (Patient)Of("""
        {"resourceType":"Patient","id":"gp-1","name":[{"family":"Adeyemi","given":["Grace"]}],"birthDate":"1950-03-01",
         "generalPractitioner":[{"reference":"Practitioner/dr"}],"link":[{"other":{"reference":"Patient/lab-1"},"type":"seealso"}]}
        """);

    public static readonly Patient Other = (Patient)Of("""{"resourceType":"Patient","id":"lab-1","name":[{"family":"ADEYEMI"}]}""");

    public static Resource Of(string json) => FhirJson.Parse(Encoding.UTF8.GetBytes(json)) is { IsValid: true, Resource: { } resource } ? resource
        : throw new ArgumentException("The resource is not valid: " + json, nameof(json));

    public static Bundle Make(params Resource[] resources) => Make(SummaryFacts.Nothing, resources);

    /// <summary>A summary, which must be valid R4 and closed: everything that is referred to stands in it.</summary>
    public static Bundle Make(SummaryFacts facts, params Resource[] resources)
    {
        Bundle document = SummaryDocument.Make(new SummarySubject(Asked, [Asked, Other], Base), resources, facts, Now, (from, until) => $"{from}/{until}");
        AssertWhole(document);
        return document;
    }

    public static void AssertWhole(Bundle document)
    {
        Parsed read = BaseValidation.Check(FhirJson.ToUtf8(document), WireFormat.Json);
        Assert.True(read.Issues.Count == 0, string.Join('\n', read.Issues));
        HashSet<string> urls = [.. document.Entry.Select(entry => entry.FullUrl!)];
        Assert.Equal(document.Entry.Count, urls.Count);
        foreach (Bundle.EntryComponent entry in document.Entry)
        {
            ElementTree.Walk(entry.Resource!, entry.Resource!.TypeName, (element, at) =>
            {
                if (element is ResourceReference { Reference: { } reference } && !reference.StartsWith('#'))
                {
                    string url = reference.Contains(':', StringComparison.Ordinal) ? reference : $"{Base}/{reference}";
                    Assert.True(urls.Contains(url), $"{at.Path} of {entry.FullUrl} leads to {reference}, which is not there");
                }
            });
        }
    }

    public static Composition.SectionComponent? Section(Bundle document, string loinc) =>
        ((Composition)document.Entry[0].Resource!).Section.SingleOrDefault(section => section.Code.Coding[0].Code == loinc);

    /// <summary>The ids of what stands in a section.</summary>
    public static string[] In(Bundle document, string loinc) =>
        [.. (Section(document, loinc)?.Entry ?? []).Select(entry => entry.Reference!.Split('/')[^1])];
}
