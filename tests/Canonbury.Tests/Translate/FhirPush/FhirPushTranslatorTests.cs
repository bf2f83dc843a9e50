using System.Text;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Statements;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.FhirPush;

public sealed class FhirPushTranslatorTests
{
    private static readonly SourceId Gp = new("gp-test");

    [Fact]
    public void Transaction_WithTemporaryIds_ResolvesThemEverywhereButInNarratives()
    {
        PushResult push = Entries("""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:11111111-1111-4111-8111-111111111111","request":{"method":"POST","url":"Patient"},
              "resource":{"resourceType":"Patient"}},
             {"fullUrl":"urn:uuid:22222222-2222-4222-8222-222222222222","request":{"method":"POST","url":"Observation"},
              "resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},
               "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"urn:uuid:11111111-1111-4111-8111-111111111111\">p</a></div>"},
               "extension":[{"url":"http://example.org/e","valueReference":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"}}],
               "subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"}}}]}
            """);

        string patient = ResourceIds.Reference(Gp, "Patient", "11111111-1111-4111-8111-111111111111");
        Observation observation = Assert.IsType<Observation>(push.Statements[1].Content);
        Assert.Equal(patient, observation.Subject!.Reference);
        Assert.Equal(patient, Assert.IsType<ResourceReference>(observation.Extension[0].Value).Reference);
        Assert.Contains("urn:uuid:1111", observation.Text!.Div!, StringComparison.Ordinal);
        Assert.Equal(PatientId.Of(Gp, "11111111-1111-4111-8111-111111111111"), push.Statements[1].Owner);
        Assert.Equal(push.Statements[0].Owner, push.Statements[1].Owner);
    }

    [Fact]
    public void Update_WhereIdsAreMapped_GetsTheKeyOfSourceTypeAndSentId()
    {
        PushResult push = Update(
            Parse("""{"resourceType":"Condition","id":"7","subject":{"reference":"Patient/1"},"encounter":{"reference":"Encounter/9/_history/2"}}"""),
            "7", null, Mapped());

        ResourceStatement statement = Assert.Single(push.Statements);
        Condition condition = Assert.IsType<Condition>(statement.Content);
        Assert.Equal(ResourceIds.FhirId(Gp, "Condition", "7"), condition.Id);
        Assert.Equal(ResourceIds.Reference(Gp, "Patient", "1"), condition.Subject!.Reference);
        Assert.Equal(ResourceIds.Reference(Gp, "Encounter", "9"), condition.Encounter!.Reference);
        Assert.Equal((PatientId.Of(Gp, "1"), StatementMode.Snapshot), (statement.Owner, statement.Mode));
    }

    [Fact]
    public void Update_WhereIdsAreKept_ChangesNothing()
    {
        PushResult push = Update(
            Parse("""{"resourceType":"Condition","id":"7","meta":{"versionId":"3","source":"x"},"subject":{"reference":"Patient/1"}}"""), "7", null, Kept());

        Condition condition = Assert.IsType<Condition>(Assert.Single(push.Statements).Content);
        Assert.Equal(("7", "Patient/1"), (condition.Id, condition.Subject!.Reference));
        Assert.Equal(PatientId.Of(Gp, "1"), push.Statements[0].Owner);
        Assert.Null(condition.Meta);
    }

    [Fact]
    public void Reference_ByTheIdThatWeGave_StaysAsItIs()
    {
        string ours = ResourceIds.FhirId(Gp, "Patient", "1");
        PushContext context = Mapped() with { Known = new Dictionary<string, PatientId> { ["Patient/" + ours] = PatientId.Of(Gp, "1") } };
        PushResult push = Update(
            Parse($$$"""{"resourceType":"Condition","id":"7","subject":{"reference":"Patient/{{{ours}}}"}}"""), "7", null, context);

        Assert.Equal("Patient/" + ours, Assert.IsType<Condition>(push.Statements[0].Content).Subject!.Reference);
        Assert.Equal(PatientId.Of(Gp, "1"), push.Statements[0].Owner);
    }

    [Fact]
    public void ConditionalReference_IsResolvedInsideTheBundle()
    {
        PushResult push = Entries("""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"request":{"method":"PUT","url":"Patient/1"},"resource":{"resourceType":"Patient","id":"1","identifier":[{"system":"urn:x","value":"A"}]}},
             {"request":{"method":"PUT","url":"Flag/2"},"resource":{"resourceType":"Flag","id":"2","status":"active","code":{"text":"x"},
              "subject":{"reference":"Patient?identifier=urn:x|A"}}}]}
            """);
        Assert.Equal(ResourceIds.Reference(Gp, "Patient", "1"), Assert.IsType<Flag>(push.Statements[1].Content).Subject!.Reference);
    }

    [Fact]
    public void ConditionalReference_ThatTheBundleDoesNotAnswer_IsRefusedWithItsElement()
    {
        PushResult push = Entries("""
            {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"PUT","url":"Flag/2"},
             "resource":{"resourceType":"Flag","id":"2","status":"active","code":{"text":"x"},"subject":{"reference":"Patient?identifier=urn:x|A"}}}]}
            """);
        Assert.Contains(push.Problem!.Issues, i => i is { Code: "reference-conditional", Expression: "Bundle.entry[0].resource.subject.reference" });
        Assert.Empty(push.Statements);
    }

    [Theory]
    [InlineData("""{"resourceType":"Observation","id":"1","subject":{"reference":"#g"},"contained":[{"resourceType":"Group","id":"g"}]}""", "owner-not-patient")]
    [InlineData("""{"resourceType":"Observation","id":"1","subject":{"identifier":{"value":"1"}}}""", "owner-logical")]
    [InlineData("""{"resourceType":"Observation","id":"1","subject":{"reference":"http://elsewhere.org/fhir/Patient/1"}}""", "owner-elsewhere")]
    [InlineData("""{"resourceType":"Observation","id":"1","subject":{"reference":"Group/1"}}""", "owner-not-patient")]
    [InlineData("""{"resourceType":"Observation","id":"1","subject":{"reference":"Patient/"}}""", "owner-not-patient")]
    [InlineData("""{"resourceType":"Observation","id":"1"}""", "owner-missing")]
    public void WhatCannotBeAttributed_IsNobodys_AndTheElementIsFound(string json, string code)
    {
        PushResult push = Update(Parse(json), "1", null, Mapped());
        Assert.Null(push.Problem);
        Assert.Equal(PatientId.Nobody, Assert.Single(push.Statements).Owner);
        Assert.Equal((code, "Observation.subject"), (Assert.Single(push.Findings).Code, push.Findings[0].Path));
    }

    [Fact]
    public void Appointment_OfTwoPatients_IsOwnedByTheFirstAndMentionsTheSecond()
    {
        PushResult push = Update(
            Parse("""
                {"resourceType":"Appointment","id":"1","status":"booked","participant":[{"actor":{"reference":"Practitioner/d"},"status":"accepted"},
                 {"actor":{"reference":"Patient/a"},"status":"accepted"},{"actor":{"reference":"Patient/b"},"status":"accepted"}]}
                """), "1", null, Mapped());
        Assert.Equal(PatientId.Of(Gp, "a"), push.Statements[0].Owner);
        Assert.Equal([PatientId.Of(Gp, "b")], push.Statements[0].Mentions);
    }

    [Fact]
    public void ContainedPatient_BecomesAPatientOfTheSourceKnownByItsNhsNumber()
    {
        PushResult push = Update(
            Parse("""
                {"resourceType":"Immunization","id":"1","status":"completed","patient":{"reference":"#p"},"contained":[{"resourceType":"Patient","id":"p",
                 "identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000018"}],"birthDate":"1965-02-28"}]}
                """), "1", null, Mapped());
        PatientId owner = PatientId.Of(Gp, "https://fhir.nhs.uk/Id/nhs-number|9990000018");
        Assert.All(push.Statements, s => Assert.Equal(owner, s.Owner));
        Assert.Equal(owner.ToString(), Assert.IsType<Patient>(push.Statements[1].Content).Id);
        Assert.Equal(StatementMode.Elements, push.Statements[1].Mode);
        Assert.Equal("#p", Assert.IsType<Immunization>(push.Statements[0].Content).Patient!.Reference);
    }

    [Theory]
    [InlineData("Organization")]
    [InlineData("Practitioner")]
    [InlineData("Questionnaire")]
    public void NobodyType_BelongsToNobody(string type)
    {
        PushResult push = Update(Parse($$"""{"resourceType":"{{type}}","id":"1"}"""), "1", null, Mapped());
        Assert.Equal(PatientId.Nobody, push.Statements[0].Owner);
    }

    [Fact]
    public void Binary_FollowsTheDocumentThatShowsIt()
    {
        PushResult push = Entries("""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:33333333-3333-4333-8333-333333333333","request":{"method":"POST","url":"Binary"},
              "resource":{"resourceType":"Binary","contentType":"text/plain","data":"YQ=="}},
             {"request":{"method":"PUT","url":"DocumentReference/d"},"resource":{"resourceType":"DocumentReference","id":"d","status":"current",
              "subject":{"reference":"Patient/1"},"content":[{"attachment":{"url":"urn:uuid:33333333-3333-4333-8333-333333333333"}}]}}]}
            """);
        string binary = ResourceIds.Reference(Gp, "Binary", "33333333-3333-4333-8333-333333333333");
        Assert.Equal(PatientId.Of(Gp, "1"), push.Statements[0].Owner);
        Assert.Equal(binary, Assert.IsType<DocumentReference>(push.Statements[1].Content).Content[0].Attachment.Url);
    }

    [Fact]
    public void Binary_ThatNobodyShows_IsNobodys_AndTheElementIsFound()
    {
        PushResult push = Create(Parse("""{"resourceType":"Binary","contentType":"text/plain","data":"YQ=="}"""), Mapped());
        Assert.Equal(PatientId.Nobody, Assert.Single(push.Statements).Owner);
        Assert.Equal("Binary.securityContext", Assert.Single(push.Findings).Path);
    }

    [Fact]
    public void Provenance_FollowsItsTarget()
    {
        PushResult push = Entries("""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"request":{"method":"PUT","url":"Condition/c"},"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/1"}}},
             {"request":{"method":"PUT","url":"Provenance/p"},"resource":{"resourceType":"Provenance","id":"p","recorded":"2024-01-01T00:00:00Z",
              "target":[{"reference":"Condition/c"}],"agent":[{"who":{"display":"x"}}]}}]}
            """);
        Assert.Equal(PatientId.Of(Gp, "1"), push.Statements[1].Owner);
    }

    [Fact]
    public void Delete_OfWhatTheSourceHas_IsADeletionForItsOwner()
    {
        string reference = ResourceIds.Reference(Gp, "Observation", "o");
        PushContext context = Mapped() with { Known = new Dictionary<string, PatientId> { [reference] = PatientId.Of(Gp, "1") } };
        ResourceStatement deletion = Assert.Single(Delete("Observation", "o", null, context).Statements);
        Assert.Equal((StatementMode.Delete, PatientId.Of(Gp, "1"), reference), (deletion.Mode, deletion.Owner, "Observation/" + deletion.Content.Id));
        Assert.Empty(Delete("Observation", "o", null, Mapped()).Statements);
    }

    [Fact]
    public void Transaction_WithTwoEntriesForOneResource_IsRefused()
    {
        PushResult push = Entries("""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"request":{"method":"PUT","url":"Patient/1"},"resource":{"resourceType":"Patient","id":"1"}},
             {"request":{"method":"DELETE","url":"Patient/1"}}]}
            """);
        Assert.Equal("entry-duplicate", Assert.Single(push.Problem!.Issues).Code);
    }

    [Fact]
    public void Document_IsKeptWholeAndStatesItsPatient()
    {
        PushResult push = Create(
            Parse("""
                {"resourceType":"Bundle","type":"document","timestamp":"2024-01-01T00:00:00Z","identifier":{"system":"urn:x","value":"1"},"entry":[
                 {"fullUrl":"http://a.org/Composition/c","resource":{"resourceType":"Composition","id":"c","status":"final","type":{"text":"IPS"},
                  "subject":{"reference":"Patient/1"},"date":"2024","author":[{"display":"x"}],"title":"t"}},
                 {"fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient","id":"1","birthDate":"1970-01-01"}}]}
                """), Mapped());
        Assert.Equal(["Bundle", "Patient"], push.Statements.Select(s => s.Content.TypeName));
        Assert.All(push.Statements, s => Assert.Equal(PatientId.Of(Gp, "1"), s.Owner));
        Assert.Equal(StatementMode.Elements, push.Statements[1].Mode);
        Assert.Equal("Patient/1", ((Composition)((Bundle)push.Statements[0].Content).Entry[0].Resource!).Subject!.Reference);
    }

    [Fact]
    public void InvalidNhsNumber_IsAFindingAndNoRefusal()
    {
        PushResult push = Update(
            Parse("""{"resourceType":"Patient","id":"1","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000019"}]}"""), "1", null, Mapped());
        Assert.Equal(("Patient.identifier[0].value", "nhs-number-invalid"), (push.Findings[0].Path, push.Findings[0].Code));
        Assert.Null(push.Problem);
    }

    [Fact]
    public void Create_WhereIdsAreKept_GetsANewId()
    {
        PushResult push = Create(Parse("""{"resourceType":"Patient","id":"mine"}"""), Kept());
        Assert.Equal("new-1", push.Entries[0].Id);
        Assert.Equal(PatientId.Of(Gp, "new-1"), push.Statements[0].Owner);
    }

    private static PushContext Mapped() => new(Gp, IdPolicy.Mapped, new Dictionary<string, PatientId>(), () => "0190b5a0-0000-7000-8000-000000000001");

    private static PushContext Kept() => new(Gp, IdPolicy.Kept, new Dictionary<string, PatientId>(), () => "new-1");

    private static PushResult Entries(string json) => FhirPushTranslator.Translate(PushedBundle.Requests((Bundle)Parse(json)), Mapped());

    private static PushResult Update(Resource resource, string id, string? ifMatch, PushContext context) => FhirPushTranslator.Translate(
        [new PushRequest(PushMethod.Update, resource.TypeName) { Id = id, Resource = resource, IfMatch = ifMatch }], context);

    private static PushResult Create(Resource resource, PushContext context) => FhirPushTranslator.Translate(
        [new PushRequest(PushMethod.Create, resource.TypeName) { Id = resource.Id, Resource = resource }], context);

    private static PushResult Delete(string type, string id, string? ifMatch, PushContext context) => FhirPushTranslator.Translate(
        [new PushRequest(PushMethod.Delete, type) { Id = id, IfMatch = ifMatch }], context);

    private static Resource Parse(string json) => FhirJson.ParseStored(Encoding.UTF8.GetBytes(json)).Resource!;
}
