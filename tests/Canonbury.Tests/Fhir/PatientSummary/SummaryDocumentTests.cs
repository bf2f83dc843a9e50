using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.PatientSummary;
using Canonbury.TestData.Samples;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.PatientSummary;

/// <summary>Feature C7. https://hl7.org/fhir/uv/ips/</summary>
public sealed class SummaryDocumentTests
{
    private const string Problems = "11450-4", Past = "11348-0", Allergies = "48765-2", Medicines = "10160-0", Immunisations = "11369-6",
        Procedures = "47519-4", Results = "30954-2", Devices = "46264-8", Vitals = "8716-3", Social = "29762-2", Alerts = "104605-1", Plans = "18776-5";

    private static readonly string[] AlwaysThere = [Problems, Allergies, Medicines, Immunisations, Procedures, Results, Devices];

    [Fact]
    public void Document_BeginsWithItsComposition_AboutThePatientThatWasAskedFor()
    {
        Bundle document = Summaries.Make();

        Composition composition = Assert.IsType<Composition>(document.Entry[0].Resource);
        Assert.Equal((Bundle.BundleType.Document, Summaries.Now), (document.Type, document.Timestamp));
        Assert.NotNull(document.Identifier?.Value);
        Assert.Equal(("http://loinc.org", "60591-5"), (composition.Type.Coding[0].System, composition.Type.Coding[0].Code));
        Assert.Equal(CompositionStatus.Final, composition.Status);
        Assert.Equal($"{Summaries.Base}/Patient/gp-1", composition.Subject!.Reference);
        Assert.Equal("Adeyemi", Assert.Single(document.Entry, entry => entry.Resource is Patient).Resource is Patient patient ? patient.Name[0].Family : "");
        Assert.IsType<Device>(document.Entry.Single(entry => entry.FullUrl == composition.Author[0].Reference).Resource);
    }

    [Fact]
    public void SectionsOfTheGuide_AreThere_AndSayThatNothingIsKnown()
    {
        Bundle document = Summaries.Make();

        foreach (string code in AlwaysThere)
        {
            Composition.SectionComponent section = Summaries.Section(document, code)!;
            Assert.Empty(section.Entry);
            Assert.Equal("unavailable", section.EmptyReason!.Coding[0].Code);
            Assert.Contains("Not known", section.Text!.Div, StringComparison.Ordinal);
        }

        Assert.Equal(AlwaysThere.Length, ((Composition)document.Entry[0].Resource!).Section.Count);
    }

    [Fact]
    public void WhatASourceSaysIsNone_StandsInTheSection_WithItsSource()
    {
        Resource none = Summaries.Of("""
            {"resourceType":"AllergyIntolerance","id":"none","clinicalStatus":{"coding":[{"code":"active"}]},
             "code":{"coding":[{"system":"http://snomed.info/sct","code":"716186003","display":"No known allergy"}]},
             "patient":{"reference":"Patient/gp-1"},"recorder":{"display":"Dr Ada Byron"},"recordedDate":"2026-01-02"}
            """);

        Composition.SectionComponent section = Summaries.Section(Summaries.Make(none), Allergies)!;

        Assert.Equal($"{Summaries.Base}/AllergyIntolerance/none", Assert.Single(section.Entry).Reference);
        Assert.Null(section.EmptyReason);
        Assert.Contains("No known allergy", section.Text!.Div, StringComparison.Ordinal);
        Assert.Contains("Dr Ada Byron", section.Text.Div, StringComparison.Ordinal);
    }

    [Fact]
    public void WithheldSection_SaysSo_AndNothingOfIt_IsInTheDocument()
    {
        SummaryFacts facts = SummaryFacts.Nothing with { Withheld = new HashSet<Section> { Section.Problems } };

        Bundle document = Summaries.Make(facts, Condition("asthma", "Asthma", "active"));

        Assert.Equal("withheld", Summaries.Section(document, Problems)!.EmptyReason!.Coding[0].Code);
        Assert.DoesNotContain("Asthma", System.Text.Encoding.UTF8.GetString(FhirJson.ToUtf8(document)), StringComparison.Ordinal);
    }

    [Fact]
    public void SilentSource_AndWhatIsNotYetUsable_AreSaid()
    {
        SummarySource[] sources =
        [
            new("Canonbury Surgery", Summaries.Now.AddHours(-1), true), new("Northside Hospital", Summaries.Now.AddDays(-9), false), new("Laboratory", null, true),
        ];
        Bundle silent = Summaries.Make(new SummaryFacts(sources, new HashSet<Section>(), 0));
        Bundle waiting = Summaries.Make(new SummaryFacts(sources, new HashSet<Section>(), 3), Condition("asthma", "Asthma", "active"));

        Assert.Contains("Northside Hospital did not answer", Summaries.Section(silent, Allergies)!.EmptyReason!.Text, StringComparison.Ordinal);
        Assert.Contains("3 messages", Summaries.Section(waiting, Allergies)!.EmptyReason!.Text, StringComparison.Ordinal);
        Assert.Contains("3 messages", Summaries.Section(waiting, Problems)!.Text!.Div, StringComparison.Ordinal);
        string whole = ((Composition)silent.Entry[0].Resource!).Text!.Div;
        Assert.Contains("Canonbury Surgery: as at 2026-11-25 08:30", whole, StringComparison.Ordinal);
        Assert.Contains("Laboratory: has sent nothing", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsOver_IsPast_AndWhatWasWithdrawnOrRefuted_IsNotThere()
    {
        Bundle document = Summaries.Make(
            Condition("asthma", "Asthma", "active"), Condition("silent", "Migraine", null), Condition("flu", "Influenza", "resolved"),
            Condition("wrong", "Gout", null, "entered-in-error"), Condition("refuted", "Angina", "active", "refuted"),
            Medicine("now", "active"), Medicine("unknown", "unknown"), Medicine("old", "stopped"), Medicine("done", "completed"));

        Assert.Equal(["asthma", "silent"], Summaries.In(document, Problems).Order());
        Assert.Equal(["flu"], Summaries.In(document, Past));
        Assert.Equal(["now", "unknown"], Summaries.In(document, Medicines).Order());
        Assert.DoesNotContain(document.Entry, entry => entry.Resource!.Id is "wrong" or "refuted" or "old" or "done");
    }

    [Fact]
    public void EachKind_StandsInItsSection()
    {
        const string About = "\"subject\":{\"reference\":\"Patient/gp-1\"}";
        Bundle document = Summaries.Make(
            Summaries.Of("""{"resourceType":"Immunization","id":"jab","status":"completed","vaccineCode":{"text":"Influenza"},"patient":{"reference":"Patient/gp-1"},"occurrenceDateTime":"2025-10-01"}"""),
            Summaries.Of($$"""{"resourceType":"Procedure","id":"hip","status":"completed","code":{"text":"Hip replacement"},{{About}} }"""),
            Summaries.Of($$"""{"resourceType":"Procedure","id":"not","status":"not-done","code":{"text":"Hip replacement"},{{About}} }"""),
            Summaries.Of($$"""{"resourceType":"DeviceUseStatement","id":"pacemaker","status":"active",{{About}},"device":{"display":"Pacemaker"} }"""),
            Summaries.Of($$"""{"resourceType":"Flag","id":"alert","status":"active","code":{"text":"Needs an interpreter"},{{About}} }"""),
            Summaries.Of($$"""{"resourceType":"CarePlan","id":"plan","status":"active","intent":"plan",{{About}},"title":"Diabetes review"}"""),
            Observation("weight", "29463-7", "vital-signs", "2026-01-01", 70), Observation("smoker", "72166-2", "social-history", "2026-01-01", 1),
            Observation("hb", "718-7", "laboratory", "2026-01-01", 120));

        Assert.Equal(["jab"], Summaries.In(document, Immunisations));
        Assert.Equal(["hip"], Summaries.In(document, Procedures));
        Assert.Equal(["pacemaker"], Summaries.In(document, Devices));
        Assert.Equal(["alert"], Summaries.In(document, Alerts));
        Assert.Equal(["plan"], Summaries.In(document, Plans));
        Assert.Equal(["weight"], Summaries.In(document, Vitals));
        Assert.Equal(["smoker"], Summaries.In(document, Social));
        Assert.Equal(["hb"], Summaries.In(document, Results));
    }

    [Fact]
    public void OfEachTest_TheNewestResultIsThere_WithItsValue()
    {
        Bundle document = Summaries.Make(
            Observation("old", "718-7", "laboratory", "2025-01-01", 110), Observation("new", "718-7", "laboratory", "2026-01-01", 121),
            Observation("other", "2160-0", "laboratory", "2024-01-01", 80));

        Assert.Equal(["new", "other"], Summaries.In(document, Results));
        Assert.Contains("<td>121 g/L</td>", Summaries.Section(document, Results)!.Text!.Div, StringComparison.Ordinal);
        Assert.DoesNotContain(document.Entry, entry => entry.Resource!.Id == "old");
    }

    [Fact]
    public void LinkedPatients_AreOnePersonWithOneSubject()
    {
        Observation fromLab = (Observation)Observation("hb", "718-7", "laboratory", "2026-01-01", 120);
        fromLab.Subject = new ResourceReference("Patient/lab-1");

        Bundle document = Summaries.Make(fromLab, Summaries.Other, Condition("asthma", "Asthma", "active"));

        Assert.Equal(["hb"], Summaries.In(document, Results));
        Assert.Equal("Patient/gp-1", document.Entry.Select(entry => entry.Resource).OfType<Observation>().Single().Subject!.Reference);
        Patient only = document.Entry.Select(entry => entry.Resource).OfType<Patient>().Single();
        Assert.Equal(("gp-1", 0), (only.Id, only.Link.Count));
        Assert.Equal(("Patient/lab-1", 1), (fromLab.Subject.Reference, Summaries.Asked.Link.Count));
    }

    [Fact]
    public void WhatThePersonOnlyRecordedOfSomebodyElse_IsNotThere()
    {
        Resource childs = Summaries.Of("""
            {"resourceType":"AllergyIntolerance","id":"child","code":{"text":"Peanut"},"patient":{"reference":"Patient/child"},"recorder":{"reference":"Patient/gp-1"}}
            """);
        Observation member = (Observation)Observation("heart", "8867-4", "laboratory", "2026-01-01", 140);
        member.Subject = new ResourceReference("Patient/child");
        Observation panel = (Observation)Observation("panel", "718-7", "laboratory", "2026-01-01", 120);
        panel.HasMember = [new ResourceReference("Observation/heart")];

        Bundle document = Summaries.Make(childs, member, panel);

        Assert.Empty(Summaries.In(document, Allergies));
        Assert.DoesNotContain(document.Entry, entry => entry.Resource!.Id is "child" or "heart");
    }

    [Fact]
    public void WhatIsReferredTo_IsTakenAlong_OrNamedByItsDisplay()
    {
        Observation result = (Observation)Observation("hb", "718-7", "laboratory", "2026-01-01", 120);
        result.Performer = [new ResourceReference("Practitioner/dr"), new ResourceReference("Organization/unknown", "Some laboratory")];
        result.Encounter = new ResourceReference("Encounter/stay");
        Resource stay = Summaries.Of("""{"resourceType":"Encounter","id":"stay","status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/gp-1"}}""");
        Resource doctor = Summaries.Of("""{"resourceType":"Practitioner","id":"dr","name":[{"family":"Byron"}]}""");

        Bundle document = Summaries.Make(result, stay, doctor);

        Observation shown = document.Entry.Select(entry => entry.Resource).OfType<Observation>().Single();
        Assert.Equal("Practitioner/dr", shown.Performer[0].Reference);
        Assert.Equal((null, "Organization", "Some laboratory"), (shown.Performer[1].Reference, shown.Performer[1].Type, shown.Performer[1].Display));
        Assert.Equal((null, "Encounter"), (shown.Encounter!.Reference, shown.Encounter.Type));
        Assert.Contains(document.Entry, entry => entry.FullUrl == $"{Summaries.Base}/Practitioner/dr");
        Assert.DoesNotContain(document.Entry, entry => entry.Resource is Encounter);
    }

    [Fact]
    public void Narrative_TakesTextAsText()
    {
        Bundle document = Summaries.Make(Condition("evil", "<script>alert(1)</script> & co", "active"));

        string div = Summaries.Section(document, Problems)!.Text!.Div;
        Assert.DoesNotContain("<script", div, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co", div, StringComparison.Ordinal);
    }

    [Fact]
    public void SameFacts_GiveTheSameDocument() => Assert.Equal(
        FhirJson.ToUtf8(Summaries.Make(Condition("asthma", "Asthma", "active"))), FhirJson.ToUtf8(Summaries.Make(Condition("asthma", "Asthma", "active"))));

    [Fact]
    public void ResourcesOfPublishedSummaries_GiveWholeDocuments()
    {
        Assert.SkipWhen(SampleData.Missing("fhir-r4"), SampleData.Reason);
        int made = 0;
        foreach (FhirSample sample in FhirSamples.In("fhir-r4").Where(sample => sample.Origin == "fhir-r4/ips"))
        {
            Parsed read = sample.Format == WireFormat.Json ? FhirJson.Parse(sample.Body) : FhirXml.Parse(sample.Body);
            if (read is { IsValid: true, Resource: Bundle bundle } && bundle.Entry.Select(entry => entry.Resource).OfType<Patient>().FirstOrDefault() is { Id: not null } patient)
            {
                Resource[] resources = [.. bundle.Entry.Select(entry => entry.Resource).OfType<Resource>().Where(resource => resource.Id is not null)];
                Bundle document = SummaryDocument.Make(new SummarySubject(patient, [patient], Summaries.Base), resources, SummaryFacts.Nothing, Summaries.Now, (from, until) => $"{from}/{until}");
                Assert.True(((Composition)document.Entry[0].Resource!).Section.Count >= AlwaysThere.Length);
                Summaries.AssertWhole(document);
                made++;
            }
        }

        Assert.InRange(made, 5, int.MaxValue);
    }

    private static Resource Condition(string id, string name, string? status, string verification = "confirmed") => Summaries.Of($$"""
        {"resourceType":"Condition","id":"{{id}}",{{(status is null ? "" : $"\"clinicalStatus\":{{\"coding\":[{{\"code\":\"{status}\"}}]}},")}}
         "verificationStatus":{"coding":[{"code":"{{verification}}"}]},"code":{"text":"{{name}}"},"subject":{"reference":"Patient/gp-1"} }
        """);

    private static Resource Medicine(string id, string status) => Summaries.Of($$"""
        {"resourceType":"MedicationRequest","id":"{{id}}","status":"{{status}}","intent":"order","medicationCodeableConcept":{"text":"Amlodipine 5 mg"},
         "subject":{"reference":"Patient/gp-1"},"dosageInstruction":[{"text":"once a day"}]}
        """);

    private static Resource Observation(string id, string loinc, string category, string day, int value) => Summaries.Of($$"""
        {"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"code":"{{category}}"}]}],
         "code":{"coding":[{"system":"http://loinc.org","code":"{{loinc}}","display":"Test {{loinc}}"}]},"subject":{"reference":"Patient/gp-1"},
         "effectiveDateTime":"{{day}}","valueQuantity":{"value":{{value}},"unit":"g/L"} }
        """);
}
