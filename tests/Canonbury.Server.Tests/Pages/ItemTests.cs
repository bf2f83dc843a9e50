using System.Text;
using AngleSharp.Dom;
using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record;
using Canonbury.Server.Web.Pages.Shared.Record.Documents;
using Canonbury.Server.Web.Pages.Shared.Record.Items;
using Xunit;

namespace Canonbury.Server.Tests.Pages;

/// <summary>C1 and D8: one item says where it comes from, what it was before, and shows its document in place.</summary>
public sealed class ItemTests
{
    private const string First = """
        {"resourceType":"Condition","id":"c1",
         "code":{"coding":[{"system":"http://snomed.info/sct","code":"44054006","display":"Type 2 diabetes mellitus"}],"text":"T2DM"},
         "onsetDateTime":"2011-03","note":[{"text":"Diet first <b>"}]}
        """;

    private const string Second = """
        {"resourceType":"Condition","id":"c1",
         "code":{"coding":[{"system":"http://snomed.info/sct","code":"44054006","display":"Type 2 diabetes mellitus"}],"text":"T2DM"},
         "onsetDateTime":"2011-04","recorder":{"display":"Dr A Shah"}}
        """;

    [Fact]
    public async Task Item_SaysSourceAuthorTimesCodeAndText()
    {
        IDocument page = await PageAsync(Detail(Second, First));
        Dictionary<string, string> facts = page.QuerySelectorAll(".facts .nhsuk-summary-list__row")
            .ToDictionary(row => row.QuerySelector("dt").Words(), row => row.QuerySelector("dd").Words());

        Assert.Equal("Riverside Surgery GP system", facts["Source system"]);
        Assert.Equal("Riverside Surgery (F83999)", facts["Source organisation"]);
        Assert.Equal("Dr A Shah", facts["Author"]);
        Assert.Equal("March 2011", facts["Happened"]);
        Assert.Equal("14 March 2011", facts["Recorded by the source"]);
        Assert.Equal("19 May 2024, 10:31", facts["Received by us"]);
        Assert.Equal("44054006 (SNOMED CT)", facts["Original code"]);
        Assert.Equal("T2DM", facts["Original text"]);
    }

    [Fact]
    public async Task Item_ShowsEveryFieldAndTheRawFhirEscaped()
    {
        IDocument page = await PageAsync(Detail(First));

        Assert.Contains("Type 2 diabetes mellitus [SNOMED CT 44054006]", page.QuerySelector(".fields").Words(), StringComparison.Ordinal);
        Assert.Contains("Diet first <b>", page.QuerySelector(".fields").Words(), StringComparison.Ordinal);
        Assert.Contains("\"resourceType\": \"Condition\"", page.QuerySelector("pre.raw")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_SayWhatWasAddedChangedAndRemoved()
    {
        IReadOnlyList<VersionDifference> versions = VersionDifference.Of(Detail(Second, First).Versions, new ReferredItems([]));

        Assert.Equal(
            [
                new FieldChange("Onset", "March 2011", "April 2011"),
                new FieldChange("Recorder", null, "Dr A Shah"),
                new FieldChange("Note", "Diet first <b>", null),
            ],
            versions[0].Changes);
        Assert.Equal(["Changed", "Added", "Removed"], versions[0].Changes.Select(change => change.Word));
        Assert.True(versions[1].IsFirst);
    }

    [Theory]
    [InlineData("text/plain", "Dear <b>doctor", AttachmentKind.Text, "Dear <b>doctor")]
    [InlineData("text/html", "<html><style>p{}</style><p>Dear<br>doctor</p><script>alert(1)</script>", AttachmentKind.Text, "Dear\ndoctor")]
    [InlineData("application/pdf", "%PDF-1.4 …", AttachmentKind.Pdf, null)]
    [InlineData("application/pdf", "<html>not a PDF", AttachmentKind.Download, null)]
    [InlineData("image/svg+xml", "<svg/>", AttachmentKind.Download, null)]
    [InlineData("application/msword", "D0CF", AttachmentKind.Download, null)]
    public void Attachment_IsShownOnlyAsWhatItSafelyIs(string type, string content, AttachmentKind kind, string? text)
    {
        string data = Convert.ToBase64String(Encoding.UTF8.GetBytes(content));
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(
            $$$"""{"resourceType":"DocumentReference","content":[{"attachment":{"contentType":"{{{type}}}","data":"{{{data}}}"}}]}""");

        AttachmentView attachment = Assert.Single(AttachmentView.Of(document.RootElement, "Letter"));

        Assert.Equal((kind, text), (attachment.Kind, attachment.Text));
        Assert.NotEqual("text/html", attachment.ContentType);
    }

    [Fact]
    public void VersionsOfOneLetter_CollapseUnderTheNewest()
    {
        LetterSet letter = Assert.Single(LetterSet.Collapse(MadeUpRecord.View(MadeUpRecord.Full)[Section.Documents].Items));

        Assert.Equal("current", letter.Newest.Card.Status);
        Assert.Single(letter.Earlier);
    }

    [Fact]
    public void LettersThatReplaceOneAnother_CollapseAlsoWhereEachHasANumberOfItsOwn()
    {
        RecordItem Letter(string id, string when, string? replaces) => MadeUpRecord.Item(
            new Card { Section = Section.Documents, Title = "Clinic letter", Group = $"urn:x|{id}", When = when, Replaces = replaces },
            "DocumentReference", id: id);

        IReadOnlyList<LetterSet> letters = LetterSet.Collapse(
        [
            Letter("c", "2024-05-03", "DocumentReference/b"), Letter("x", "2024-05-02", null), Letter("b", "2024-05-02", "DocumentReference/a"),
            Letter("a", "2024-05-01", null),
        ]);

        Assert.Equal(["c", "x"], letters.Select(letter => letter.Newest.FhirId));
        Assert.Equal(["b", "a"], letters[0].Earlier.Select(item => item.FhirId));
    }

    private static ItemDetail Detail(params string[] newestFirst)
    {
        RecordItem item = MadeUpRecord.Item(
            new Card
            {
                Section = Section.Problems, Title = "Type 2 diabetes mellitus", OriginalText = "T2DM",
                System = "http://snomed.info/sct", Code = "44054006",
                Author = "Dr A Shah", When = "2011-03", Recorded = "2011-03-14", Status = "active",
            },
            version: newestFirst.Length);
        IEnumerable<ItemVersion> versions = newestFirst.Select((json, index) => new ItemVersion(
            newestFirst.Length - index, item.SourceTime, item.ReceivedAt, item.Message, false, Encoding.UTF8.GetBytes(json)));
        return new ItemDetail(item, Encoding.UTF8.GetBytes(newestFirst[0]), [.. versions]);
    }

    private static Task<IDocument> PageAsync(ItemDetail detail)
    {
        RecordView record = MadeUpRecord.View(MadeUpRecord.Full);
        return Rendered.PageAsync<ItemPage>(new Dictionary<string, object?>
        {
            ["View"] = ItemView.Build(record, detail, []), ["Record"] = record, ["Links"] = MadeUpRecord.Links,
        });
    }
}
