using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Xunit;

namespace Canonbury.Server.Tests.Pages;

/// <summary>Hazard 10: what is over never stands among what counts now, and the banner names only what counts now.</summary>
public sealed class CurrentItemsTests
{
    [Theory]
    [InlineData(Section.Problems, "resolved", null, null)]
    [InlineData(Section.Problems, "inactive", null, null)]
    [InlineData(Section.Problems, "active", "refuted", null)]
    [InlineData(Section.Problems, "active", null, "2024-05-01")]
    [InlineData(Section.Medicines, "stopped", null, null)]
    [InlineData(Section.Medicines, "completed", null, null)]
    [InlineData(Section.Medicines, "active", null, "2023-12-31")]
    [InlineData(Section.Allergies, "resolved", null, null)]
    [InlineData(Section.Allergies, "active", "refuted", null)]
    [InlineData(Section.Alerts, "inactive", null, null)]
    [InlineData(Section.Encounters, "finished", null, null)]
    [InlineData(Section.Appointments, "booked", null, "2024-01-01")]
    [InlineData(Section.Referrals, "completed", null, null)]
    public void Over_IsPast(Section section, string status, string? verification, string? until)
    {
        SectionView view = View(section, status, verification, until)[section];

        Assert.Empty(view.Current);
        Assert.Equal(ItemGroups.Past, Assert.Single(view.Groups).Heading);
    }

    [Theory]
    [InlineData(Section.Problems, "active")]
    [InlineData(Section.Medicines, "active")]
    [InlineData(Section.Medicines, "on-hold")]
    [InlineData(Section.Allergies, "active")]
    [InlineData(Section.Allergies, null)]
    [InlineData(Section.Encounters, "in-progress")]
    public void NotSaidToBeOver_StaysCurrent(Section section, string? status) => Assert.Single(View(section, status, null, null)[section].Current);

    [Theory]
    [InlineData(Section.Problems, null)]
    [InlineData(Section.Medicines, null)]
    [InlineData(Section.Medicines, "unknown")]
    public void WithoutAStatus_ItIsNeitherCurrentNorPast(Section section, string? status)
    {
        SectionView view = View(section, status, null, null)[section];

        Assert.Empty(view.Current);
        Assert.Single(view.NotOver);
        Assert.Equal(ItemGroups.NotSaid, Assert.Single(view.Groups).Heading);
    }

    [Theory]
    [InlineData("arrived", "2024-05-20", "Now or planned")]
    [InlineData("planned", "2024-06-20", "Now or planned")]
    [InlineData("arrived", "2022-03-30", ItemGroups.NoEnd)]
    [InlineData("planned", "2022-03-30", ItemGroups.NoEnd)]
    [InlineData(null, "2022-03-30", ItemGroups.NoEnd)]
    [InlineData("in-progress", "2022-03-30", "Now or planned")]
    public void Contact_ThatWasOpenLongAgo_IsNotCalledNow(string? status, string when, string heading)
    {
        RecordItem contact = MadeUpRecord.Item(new Card { Section = Section.Encounters, Title = "Visit", Status = status, When = when }, "Encounter");

        Assert.Equal(heading, Assert.Single(MadeUpRecord.View([contact])[Section.Encounters].Groups).Heading);
    }

    [Fact]
    public void PastItem_ThatItsSourceStillCallsBooked_SaysThatItsDateHasPassed()
    {
        RecordItem booked = MadeUpRecord.Item(
            new Card { Section = Section.Appointments, Title = "Clinic", Status = "booked", When = "2024-01-02" }, "Appointment");
        Column status = SectionColumns.Of(Section.Appointments).For([booked], past: true).Others[^1];

        Assert.Equal("Booked; its date has passed", status.Text(booked));
    }

    [Fact]
    public void Banner_DoesNotNameAnAllergyThatIsOverOrRuledOut()
    {
        Assert.Empty(View(Section.Allergies, "resolved", null, null).Banner.Allergies);
        Assert.Empty(View(Section.Allergies, "active", "refuted", null).Banner.Allergies);
        Assert.Equal("None current; see past allergies", View(Section.Allergies, "resolved", null, null).Banner.NoAllergiesWords);
    }

    [Fact]
    public void Appointments_ComingUpStandWithTheNextOneFirst()
    {
        RecordItem Booked(string when) => MadeUpRecord.Item(
            new Card { Section = Section.Appointments, Title = "Clinic", Status = "booked", When = when }, "Appointment");
        SectionView view = MadeUpRecord.View([Booked("2024-07-01"), Booked("2024-06-01"), Booked("2024-05-01")])[Section.Appointments];

        Assert.Equal(["2024-06-01", "2024-07-01"], view.Current.Select(item => item.Card.When));
        Assert.Equal(["2024-05-01"], view.Groups[1].Items.Select(item => item.Card.When));
    }

    private static RecordView View(Section section, string? status, string? verification, string? until) => MadeUpRecord.View(
        [MadeUpRecord.Item(new Card { Section = section, Title = "It", Status = status, Verification = verification, When = "2023-01-01", Until = until })]);
}
