using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Xunit;

namespace Canonbury.Server.Tests.Pages;

/// <summary>C4: an empty section says which of five kinds of empty it is, and each kind has its own words.</summary>
public sealed class EmptySectionTests
{
    private static readonly RecordItem NoKnownAllergies = MadeUpRecord.Item(
        new Card
        {
            Section = Section.Allergies, Title = "No known allergies", System = "http://snomed.info/sct", Code = "716186003",
            Recorded = "2024-05-04",
        },
        "AllergyIntolerance");

    [Fact]
    public void NothingSent_IsNotShared()
    {
        EmptySection empty = MadeUpRecord.View([])[Section.Allergies].Empty!;

        Assert.Equal(EmptyKind.NotShared, empty.Kind);
        Assert.Equal(
            "No source has shared any allergies or adverse reactions for this person. That does not mean that there are none.", empty.Words);
    }

    [Fact]
    public void AStatementOfNone_IsNoneRecordedWithItsSourceAndDate()
    {
        EmptySection empty = MadeUpRecord.View([NoKnownAllergies])[Section.Allergies].Empty!;

        Assert.Equal(EmptyKind.NoneRecorded, empty.Kind);
        Assert.Equal("Riverside Surgery GP system recorded “No known allergies” on 4 May 2024.", empty.Words);
    }

    [Fact]
    public void ASectionOutsideTheGrant_IsWithheldAndItsItemsAreNotShown()
    {
        RecordView view = MadeUpRecord.View(MadeUpRecord.Full, new HashSet<Section> { Section.Demographics });

        Assert.Equal(EmptyKind.Withheld, view[Section.Problems].Empty!.Kind);
        Assert.Contains("Nothing is available to you", view[Section.Problems].Empty!.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void AStaleSource_IsNamedAsNotAnswering()
    {
        SourceStanding stale = MadeUpRecord.Sources[0] with { LastReceived = MadeUpRecord.Now.AddDays(-9) };

        EmptySection empty = MadeUpRecord.View([], sources: [stale, .. MadeUpRecord.Sources.Skip(1)])[Section.Medicines].Empty!;

        Assert.Equal(EmptyKind.NoAnswer, empty.Kind);
        Assert.Contains("Riverside Surgery GP system (last heard 11 May 2024, 10:30)", empty.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void AWaitingMessage_IsReceivedAndNotYetUsable()
    {
        PersonRecord record =
            MadeUpRecord.Of([], [new NotYetUsable(MadeUpRecord.Hospital, "dead-letter", 2, MadeUpRecord.Now.AddDays(-1))]);

        EmptySection empty = RecordView.Build(record, null, MadeUpRecord.Sources, MadeUpRecord.Now)[Section.Results].Empty!;

        Assert.Equal(EmptyKind.NotYetUsable, empty.Kind);
        Assert.StartsWith(
            "2 messages from Northern Hospital PAS about this person arrived and cannot be shown yet.", empty.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFiveKinds_HaveFiveNames()
    {
        PersonRecord waiting = MadeUpRecord.Of([], [new NotYetUsable(MadeUpRecord.Hospital, "quarantine", 1, MadeUpRecord.Now)]);
        SourceStanding stale = MadeUpRecord.Sources[0] with { LastReceived = MadeUpRecord.Now.AddDays(-9) };
        EmptySection[] kinds =
        [
            MadeUpRecord.View([])[Section.Allergies].Empty!,
            MadeUpRecord.View([NoKnownAllergies])[Section.Allergies].Empty!,
            MadeUpRecord.View([], new HashSet<Section>())[Section.Allergies].Empty!,
            MadeUpRecord.View([], sources: [stale])[Section.Allergies].Empty!,
            RecordView.Build(waiting, null, MadeUpRecord.Sources, MadeUpRecord.Now)[Section.Allergies].Empty!,
        ];

        Assert.Equal(Enum.GetValues<EmptyKind>().Length, kinds.Select(kind => kind.Name).Distinct().Count());
    }

    [Fact]
    public void EverySection_HasAPlaceInTheMenu() =>
        Assert.Equal(Enum.GetValues<Section>().Order(), SectionWords.All.Select(words => words.Section).Order());

    [Fact]
    public async Task EverySectionOfTheCoreInformationStandard_IsNamedWithItsItemsOrItsKindOfEmpty()
    {
        RecordView view = MadeUpRecord.View(MadeUpRecord.Full);
        AngleSharp.Dom.IDocument page =
            await Rendered.PageAsync<ReceiptPage>(new Dictionary<string, object?> { ["Record"] = view, ["Links"] = MadeUpRecord.Links });
        Dictionary<string, string> rows = page.QuerySelectorAll("table")[^1].QuerySelectorAll("tbody tr")
            .ToDictionary(row => row.Children[0].QuerySelector("span:last-child").Words(), row => row.Children[1].QuerySelector("span:last-child").Words(
                ));

        Assert.Equal(CoreSection.All.Select(core => core.Name).Order(), rows.Keys.Order());
        Assert.StartsWith("See Problems", rows["Problem list"], StringComparison.Ordinal);
        Assert.StartsWith("Not shared.", rows["Legal information"], StringComparison.Ordinal);
    }
}
