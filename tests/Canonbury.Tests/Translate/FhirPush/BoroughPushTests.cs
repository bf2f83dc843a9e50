using Canonbury.Borough.Bundles;
using Canonbury.Borough.Systems;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Statements;
using Canonbury.Fhir.Validation;
using Canonbury.Tests.Borough;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.FhirPush;

/// <summary>What the synthetic borough pushes must go in, whole, and to the right patient.</summary>
public sealed class BoroughPushTests(Sample sample) : IClassFixture<Sample>
{
    [Theory]
    [InlineData(IdPolicy.Mapped)]
    [InlineData(IdPolicy.Kept)]
    public void EveryBundle_GoesInToItsPatient(IdPolicy ids)
    {
        foreach (SourceEvent sent in sample.Events.Where(e => e.System.SendsFhir).Where((_, index) => index % 29 == 0))
        {
            (Bundle bundle, PushResult push) = Push(sent, ids);
            Assert.Null(push.Problem);
            Assert.Equal(bundle.Entry.Count, push.Statements.Count);
            PatientId owner = Assert.Single(push.Statements.Select(s => s.Owner).Distinct());
            Assert.NotEqual(PatientId.Nobody, owner);
        }
    }

    [Fact]
    public void Registers_BelongToNobody()
    {
        foreach (SourceSystem system in new[] { SourceSystem.Gp, SourceSystem.Asc })
        {
            (_, PushResult push) = Push(Registers.Of(system, new DateTime(2026, 1, 1)), IdPolicy.Mapped);
            Assert.NotEmpty(push.Statements);
            Assert.All(push.Statements, s => Assert.Equal(PatientId.Nobody, s.Owner));
        }
    }

    [Fact]
    public void EpisodesOfTheCouncil_StandUnderSocialCare()
    {
        IEnumerable<ResourceStatement> episodes = sample.Events
            .Where(e => e.System == SourceSystem.Asc)
            .Take(200)
            .SelectMany(e => Push(e, IdPolicy.Mapped).Push.Statements)
            .Where(s => s.Content is EpisodeOfCare);
        Assert.NotEmpty(episodes);
        Assert.All(episodes, s => Assert.Equal(Section.SocialCare, CardExtractor.Extract(s.Content).Section));
    }

    private static (Bundle Bundle, PushResult Push) Push(SourceEvent sent, IdPolicy ids)
    {
        Parsed parsed = BaseValidation.Check(sent.Payload.ToArray(), WireFormat.Json);
        Bundle bundle = Assert.IsType<Bundle>(parsed.Resource);
        PushContext context = new(new SourceId("borough"), ids, new Dictionary<string, PatientId>(), () => "new");
        return (bundle, FhirPushTranslator.Translate(PushedBundle.Requests(bundle), context));
    }
}
