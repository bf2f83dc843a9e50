using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Json;
using Canonbury.TestData.Samples;
using Xunit;

namespace Canonbury.Tests.Fhir.Cards;

public sealed class SampleCardsTests
{
    [Fact]
    public void EverySpecificationExample_GivesACardThatIsReadBackUnchanged()
    {
        Assert.SkipWhen(SampleData.Missing("fhir-r4"), SampleData.Reason);
        int cards = 0;
        foreach (string file in Directory.EnumerateFiles(SampleData.PathOf("fhir-r4", "hl7-spec-examples"), "*.json", SearchOption.AllDirectories))
        {
            if (FhirJson.ParseStored(File.ReadAllBytes(file)).Resource is { } resource)
            {
                Card card = CardExtractor.Extract(resource);
                Assert.False(string.IsNullOrWhiteSpace(card.Title), file);
                Assert.Equal(card, CardJson.Read(CardJson.Write(card)));
                cards++;
            }
        }

        Assert.True(cards > 300, $"{cards} cards");
    }
}
