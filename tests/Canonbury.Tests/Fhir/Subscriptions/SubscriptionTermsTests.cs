using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Subscriptions;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.Subscriptions;

/// <summary>What a Subscription asks for. https://hl7.org/fhir/R4/subscription.html</summary>
public sealed class SubscriptionTermsTests
{
    private const string Topic = "https://canonbury.org/fhir/SubscriptionTopic/";

    [Theory]
    [InlineData("Observation?code=http://loinc.org|8480-6", true)]
    [InlineData("Observation?code=8480-6&value-quantity=gt100", true)]
    [InlineData("Observation?code=8480-6,8462-4", true)]
    [InlineData("Observation?code=8462-4", false)]
    [InlineData("Observation?code=8480-6&value-quantity=gt200", false)]
    [InlineData("Observation?code:not=8480-6", false)]
    [InlineData("Observation", true)]
    [InlineData("Patient?gender=male", false)]
    public void Criteria_AreDecidedAsASearchIs(string criteria, bool expected)
    {
        SubscriptionTerms terms = Read(criteria);
        Observation pressure = new()
        {
            Id = "bp", Status = ObservationStatus.Final, Code = new CodeableConcept("http://loinc.org", "8480-6"),
            Value = new Quantity(140, "mm[Hg]"),
        };

        Assert.Equal(expected, terms.Match(new ResourceChange("Observation", null, ResourceValues.Of(pressure))));
    }

    [Fact]
    public void R4Criteria_AreNotMetByADeletion_ButAFilterOfATopicIs()
    {
        ResourceChange deletion = new("Patient", ResourceValues.Of(new Patient { Id = "a", Gender = AdministrativeGender.Male }), null);

        Assert.False(Read("Patient?gender=male").Match(deletion));
        Assert.True(Read(Topic + "resource-changed", "Patient?gender=male").Match(deletion));
        Assert.False(Read(Topic + "resource-changed", "Patient?gender=female").Match(deletion));
    }

    [Fact]
    public void Filters_AreAllToBeMet_AndMayNameATypeOfTheTopic()
    {
        SubscriptionTerms terms = Read(Topic + "result", "Observation?code=x", "patient=Patient/p");
        Observation result = new()
        {
            Id = "o", Status = ObservationStatus.Final, Code = new CodeableConcept("s", "x"), Subject = new ResourceReference("Patient/p"),
            Category = [new CodeableConcept("c", "laboratory")],
        };
        Assert.True(terms.Match(new ResourceChange("Observation", null, ResourceValues.Of(result))));
        result.Subject = new ResourceReference("Patient/q");
        Assert.False(terms.Match(new ResourceChange("Observation", null, ResourceValues.Of(result))));
        Assert.False(terms.Concerns("DiagnosticReport"));
    }

    [Fact]
    public void Payload_ThatIsNotSaid_TellsLeast()
    {
        Assert.Equal(PayloadContent.Empty, Read(Topic + "patient-died").Content);
        Subscription plain = Asking("Patient");
        plain.Channel.Payload = null;
        Assert.Equal(PayloadContent.Empty, SubscriptionTerms.Read(plain, Context).Terms!.Content);
    }

    [Fact]
    public void EverythingThatIsWrong_IsSaidAtOnce()
    {
        Subscription wrong = Asking("Observation?subject.name=x");
        wrong.Channel.Endpoint = "ftp://elsewhere";
        wrong.Channel.Payload = "text/plain";
        wrong.Channel.Header = ["A: b\r\nC: d"];

        (SubscriptionTerms? terms, IReadOnlyList<Issue> issues) = SubscriptionTerms.Read(wrong, Context);

        Assert.Null(terms);
        Assert.Equal(["criteria-not-supported", "endpoint-invalid", "header-not-accepted", "payload-not-supported"], issues.Select(issue => issue.Code).Order(StringComparer.Ordinal));
    }

    private static QueryContext Context => new("https://record.example/fhir", new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero), (_, _) => null, Strict: true);

    private static SubscriptionTerms Read(string criteria, params string[] filters)
    {
        Subscription asking = Asking(criteria);
        foreach (string filter in filters)
        {
            asking.CriteriaElement.AddExtension("http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-filter-criteria", new FhirString(filter));
        }

        (SubscriptionTerms? terms, IReadOnlyList<Issue> issues) = SubscriptionTerms.Read(asking, Context);
        Assert.Empty(issues);
        return terms!;
    }

    private static Subscription Asking(string criteria) => new()
    {
        Status = Subscription.SubscriptionStatus.Requested,
        Criteria = criteria,
        Channel = new Subscription.ChannelComponent
        {
            Type = Subscription.SubscriptionChannelType.RestHook, Endpoint = "https://receiver.example/", Payload = "application/fhir+json",
        },
    };
}
