using AngleSharp.Dom;
using Canonbury.Server.Tests.Pages;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Xunit;

namespace Canonbury.Server.Tests.Road;

/// <summary>Feature C4 over the real road: every section of the standard has its state, and an empty one says which of five kinds it is.</summary>
public sealed class FiveKindsOfEmptyTests : IAsyncLifetime
{
    private const string NoAllergies = "9990123446";

    private static readonly string[] Names = ["None recorded.", "Not shared.", "Withheld.", "A source did not answer.", "Received, not yet usable."];

    private readonly RealRecord record = new();

    public ValueTask InitializeAsync() => record.InitializeAsync();

    public ValueTask DisposeAsync() => record.DisposeAsync();

    [Fact]
    public async Task EverySectionOfTheStandard_HasItsState_AndEachKindOfEmptyComesFromWhatHappened()
    {
        // One source is silent: what is not here may only not have arrived.
        Assert.Matches(
            "^A source did not answer. Nothing has arrived here, and not every source is sending: East community services .last heard .*. There may be procedures",
            await EmptyAsync(GraceAdeyemi.NhsNumber, "procedures"));

        // It sends again, about somebody else.
        await record.SendAsync(GraceAdeyemi.Message(
            "CMH", "EAST", "C9", "ADT^A28", "20240601090000", "EVN|A28|20240601090000", "PID|1||C6^^^EAST^MR||Other^Anyone||19800101|M", "PV1|1|N"));
        await record.UsableAsync();
        Assert.StartsWith(
            "Not shared. No source has shared any procedures for this person. That does not mean that there are none.",
            await EmptyAsync(GraceAdeyemi.NhsNumber, "procedures"), StringComparison.Ordinal);

        // A source says that there is nothing.
        await record.PushAsync("practice", GraceAdeyemi.Bundle(
            $$$"""
            {
              "resourceType": "Patient", "id": "g2", "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "{{{NoAllergies}}}"}],
              "name": [{"family": "Hale", "given": ["Rosa"]}], "birthDate": "1990-01-01"
            }
            """,
            """
            {
              "resourceType": "AllergyIntolerance", "id": "a2", "patient": {"reference": "Patient/g2"}, "recordedDate": "2024-02-03",
              "code": {"coding": [{"system": "http://snomed.info/sct", "code": "716186003", "display": "No known allergy"}]}
            }
            """));
        Assert.StartsWith(
            "None recorded. Riverside Surgery records recorded “No known allergy” on 3 February 2024.",
            await EmptyAsync(NoAllergies, "allergies"), StringComparison.Ordinal);

        // A role that sees who people are and nothing else.
        Assert.StartsWith("Withheld. Nothing is available to you here.", await EmptyAsync(GraceAdeyemi.NhsNumber, "problems", "steward"), StringComparison.Ordinal);

        // A letter without what names it (TXA) is kept, and cannot be used.
        await record.SendAsync(GraceAdeyemi.Message(
            "PAS", "NORTH", "H99", "MDM^T02", "20240602090000", "EVN|T02|20240602090000",
            $"PID|1||H0042^^^NORTH^MR~{GraceAdeyemi.NhsNumber}^^^NHS^NH||Adeyemi^Grace||19480309|F", "PV1|1|O", "OBX|1|TX|X^X||A letter||||||F"));
        await record.UsableAsync();
        Assert.StartsWith(
            "Received, not yet usable. 1 message from Northern Hospital administration about this person arrived and cannot be shown yet.",
            await EmptyAsync(GraceAdeyemi.NhsNumber, "procedures"), StringComparison.Ordinal);

        await StandardAsync();
        await OperationsAsync();
    }

    /// <summary>The table of the standard on the receipt: every section stands there, with where it is or with its kind of empty.</summary>
    private async Task StandardAsync()
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber);
        Dictionary<string, string> rows = (await visit.GoAsync("sources")).QuerySelectorAll("table")[^1].QuerySelectorAll("tbody tr")
            .ToDictionary(row => row.Children[0].QuerySelector("span:last-child").Words(), row => row.Children[1].Children[^1].Words());

        Assert.Equal(CoreSection.All.Select(section => section.Name).Order(), rows.Keys.Order());
        Assert.All(rows.Values, state => Assert.True(state.StartsWith("See ", StringComparison.Ordinal) || Names.Any(name => state.StartsWith(name, StringComparison.Ordinal)), state));
        Assert.StartsWith("See Problems", rows["Problem list"], StringComparison.Ordinal);
        Assert.StartsWith("See Hospital stays", rows["Discharges"], StringComparison.Ordinal);
        Assert.StartsWith("See Alerts", rows["Individual requirements"], StringComparison.Ordinal);
        // She was weighed; that says nothing of a pregnancy.
        Assert.StartsWith("See Measurements", rows["Examination findings and measurements"], StringComparison.Ordinal);
        Assert.StartsWith("Received, not yet usable.", rows["Pregnancy status"], StringComparison.Ordinal);
        Assert.StartsWith("Received, not yet usable.", rows["Legal information"], StringComparison.Ordinal);
    }

    /// <summary>What waits is seen by those who can act on it, with its reason and without anything of the person.</summary>
    private async Task OperationsAsync()
    {
        using Browser browser = new(record.Address);
        await browser.SignInAsync("operations");
        IDocument page = await browser.GetAsync("/operations/dead-letters");
        string row = page.QuerySelector("tbody tr").Words();

        Assert.Contains("Northern Hospital administration", row, StringComparison.Ordinal);
        Assert.Contains("A document message without TXA names no document.", row, StringComparison.Ordinal);
        Assert.DoesNotContain("Adeyemi", page.Body.Words(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(GraceAdeyemi.NhsNumber, page.Body.Words(), StringComparison.Ordinal);
        IDocument after = await browser.SendAsync(page, "/operations/dead-letters", ("all", "true"));
        Assert.Contains("1 message put back.", after.QuerySelector("[role=status]").Words(), StringComparison.Ordinal);
    }

    private async Task<string> EmptyAsync(string person, string section, string account = "gp")
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, person, account);
        return (await visit.GoAsync(section)).QuerySelector("main .empty").Words();
    }
}
