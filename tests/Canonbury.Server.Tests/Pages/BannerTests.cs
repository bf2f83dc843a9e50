using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record;
using Canonbury.Server.Web.Pages.Shared.Record.Banner;
using Xunit;

namespace Canonbury.Server.Tests.Pages;

/// <summary>D3: what must never be missed stands on every page of a record.</summary>
public sealed class BannerTests
{
    private readonly BannerView banner = MadeUpRecord.View(MadeUpRecord.Full).Banner;

    [Fact]
    public void Name_IsWrittenAsTheNhsWritesIt() => Assert.Equal("OKAFOR, Ngozi Mary (Mrs)", banner.Lead.Name);

    [Fact]
    public void NhsNumber_IsShown334WithItsStatus()
    {
        Assert.Equal("999\u00a0000\u00a00018", banner.NhsNumberText);
        Assert.Equal("verified", banner.NhsNumberStatus);
    }

    [Fact]
    public void BirthDate_HasTheAge() => Assert.Equal("29 February 1952 (72 years)", banner.BornText);

    [Fact]
    public void Allergies_AreNamed() => Assert.Equal(["Penicillin"], banner.Allergies.Select(item => item.Card.Title));

    [Fact]
    public void ReasonableAdjustments_StandApartFromAlerts()
    {
        Assert.Equal(["Needs letters in large print"], banner.Adjustments.Select(item => item.Card.Title));
        Assert.Equal(["Lives alone, key safe at door"], banner.Alerts.Select(item => item.Card.Title));
    }

    [Fact]
    public void CommunicationNeeds_AreShown() => Assert.Equal("Igbo", banner.Lead.Communication);

    [Fact]
    public void SourcesThatDisagreeOnTheBirthDate_AreNamedAsSuch() =>
        Assert.Contains("dates of birth differ between sources", banner.Disagreements);

    [Fact]
    public void NoAllergyItems_IsNotCalledNone() =>
        Assert.Equal("Not shared by any source: not known", MadeUpRecord.View([]).Banner.NoAllergiesWords);

    [Fact]
    public void AllergyAndNoKnownAllergies_IsADisagreement()
    {
        RecordItem none = MadeUpRecord.Item(
            new Card { Section = Section.Allergies, Title = "No known allergies", Code = "716186003" }, "AllergyIntolerance");

        Assert.Contains(
            "one source says “no known allergies” and another names some", MadeUpRecord.View([.. MadeUpRecord.Full, none]).Banner.Disagreements);
    }

    [Fact]
    public void Death_IsShownWithItsDateAndTheAgeThen()
    {
        PersonRecord record = MadeUpRecord.Of([]) with
        {
            Patients =
            [
                MadeUpRecord.Patient(MadeUpRecord.Gp, """{"resourceType":"Patient","birthDate":"1950-01-02","deceasedDateTime":"2024-04-30"}"""),
            ],
        };

        BannerView dead = RecordView.Build(record, null, MadeUpRecord.Sources, MadeUpRecord.Now).Banner;

        Assert.Equal("Died 30 April 2024", dead.DeceasedText);
        Assert.Equal("2 January 1950 (died aged 74 years)", dead.BornText);
    }

    [Fact]
    public async Task Banner_IsARegionOfItsOwnWithEveryDetail()
    {
        AngleSharp.Dom.IDocument page = await Rendered.PageAsync<PersonBanner>(
            new Dictionary<string, object?> { ["Banner"] = banner, ["Links"] = MadeUpRecord.Links });

        string words = page.QuerySelector("section.banner[aria-label]").Words();
        string[] details =
            ["OKAFOR", "1952", "72 years", "Female", "verified", "Penicillin", "large print", "N1 9ZZ", "Riverside Surgery (F83999)", "Igbo"];
        foreach (string detail in details)
        {
            Assert.Contains(detail, words, StringComparison.Ordinal);
        }
    }
}
