using System.Text;
using AngleSharp.Dom;
using Canonbury.Server.Tests.Pages;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Canonbury.Server.Web.Words;
using Xunit;

namespace Canonbury.Server.Tests.Road;

/// <summary>The pages of a record that came over MLLP and FHIR into the whole server (features C1, C10, D3, D4, D5, D8).</summary>
public sealed class RealRecordTests(RealRecord record) : IClassFixture<RealRecord>
{
    [Fact]
    public async Task Banner_OnEveryPage_SaysWhoItIsAndWhatMustNotBeMissed()
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber);
        string[] details =
        [
            "ADEYEMI, Grace Ruth (Mrs)", $"Born 9 March 1948 ({Age.At(new DateOnly(1948, 3, 9), UkTime.DateOf(TimeProvider.System.GetUtcNow()))})", "Sex Female",
            "NHS number 999 012 3403 verified", "Penicillin", "Allergy to amoxicillin", "Alerts Key safe at the side door",
            "Reasonable adjustments Needs letters in large print", "Address 14 Compton Terrace, London, N1 9ZZ", "Phone 020 7946 0042",
            "GP Dr Ann Shah, Riverside Surgery (F83999)", "Communication Yoruba, interpreter needed",
        ];

        string item = (await visit.GoAsync("problems")).QuerySelector("tbody a")!.GetAttribute("href")!;
        foreach (string address in visit.Menu().Append(item))
        {
            string banner = (await visit.GoAsync(address)).QuerySelector("section.banner").Words();
            Assert.All(details, detail => Assert.Contains(detail, banner, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Finding_NamesTheSourcesAndWritesTheAddressAsOneWould()
    {
        using Browser browser = new(record.Address);
        IDocument hits = await browser.SendAsync(await browser.SignInAsync("nurse"), "/find-person", ("text", "adeyemy gracie"), ("day", "9"), ("month", "3"), ("year", "1948"));

        string hit = Assert.Single(hits.QuerySelectorAll("tbody tr"), row => row.Words().Contains("ADEYEMI", StringComparison.Ordinal)).Words();

        Assert.Contains("999 012 3403, verified", hit, StringComparison.Ordinal);
        Assert.Contains("14 Compton Terrace, London, N1 9ZZ", hit, StringComparison.Ordinal);
        Assert.Contains("H0042 (Northern Hospital administration)", hit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task About_KeepsThatALaboratoryTracedTheNumber_ThoughItsResultsOnlyRepeatIt()
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber);
        IDocument about = await visit.GoAsync("about");
        string[] sources = [.. about.QuerySelectorAll("thead th").Select(heading => heading.Words())];
        IElement row = about.QuerySelectorAll("tbody tr").First(row => row.Children[0].Words() == "NHS number");
        Dictionary<string, string> numbers = sources.Zip(row.Children.Select(cell => cell.Words())).Skip(1).ToDictionary(pair => pair.First, pair => pair.Second);

        Assert.Contains("999 012 3403, verified", numbers["Northern pathology"], StringComparison.Ordinal);
        Assert.Contains("999 012 3403, verified", numbers["Northern Hospital administration"], StringComparison.Ordinal);
        Assert.Contains("999 012 3403, not verified", numbers["Canonbury social care"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Banner_OfSomeoneWhoDied_SaysSo()
    {
        await record.SendAsync(GraceAdeyemi.Message(
            "PAS", "NORTH", "B1", "ADT^A31", "20240202090000", "EVN|A31|20240202090000",
            "PID|1||H0050^^^NORTH^MR~9990123411^^^NHS^NH||Cole^Bertram^^^Mr^^L||19310502|M|||1 Noel Road^^London^^N1 8HQ^GBR^H||||||||||||||||||20240131|Y||01"));
        await record.UsableAsync();

        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, "9990123411");

        Assert.Contains("Died 31 January 2024 Born 2 May 1931 (died aged 92 years)", visit.Summary.QuerySelector("section.banner--deceased").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Banner_WhereASourceHasAnotherRecordOfTheNumber_SaysThatThisOneMayNotBeAll()
    {
        const string Number = "9990123438";
        await record.SendAsync(GraceAdeyemi.Message(
            "PAS", "NORTH", "P1", "ADT^A31", "20240202090000", "EVN|A31|20240202090000",
            $"PID|1||H0060^^^NORTH^MR~{Number}^^^NHS^NH||Doe^Jan^^^Mr^^L||19620403|M|||2 Noel Road^^London^^N1 8HQ^GBR^H|||||||||||||||||||||01"));
        await record.SendAsync(GraceAdeyemi.Message(
            "LAB", "NORTH", "P2", "ADT^A31", "20240203090000", "EVN|A31|20240203090000", $"PID|1||N0060^^^NORTHLAB^MR~{Number}^^^NHS^NH||Doe^Jan^^^Mr^^L||19620304|M"));
        await record.UsableAsync();

        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, Number);

        string banner = visit.Summary.QuerySelector(".banner-disagree").Words();
        Assert.Matches("(Northern pathology|Northern Hospital administration) has a record with this NHS number that is not part of this one", banner);
    }

    [Fact]
    public async Task EveryItem_IsShownWithinTwoClicksOfTheSummary()
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber);
        HashSet<string> shown = [.. Items(visit.Summary)];
        HashSet<string> first = [.. Links(visit.Summary).Where(address => address.StartsWith(visit.Root, StringComparison.Ordinal))];
        HashSet<string> second = [];
        foreach (string address in first)
        {
            IDocument page = await visit.GoAsync(address);
            shown.UnionWith(Items(page));
            second.UnionWith(Links(page).Where(link => link.StartsWith(visit.Root + "/results/", StringComparison.Ordinal)));
        }

        foreach (string address in second)
        {
            shown.UnionWith(Items(await visit.GoAsync(address)));
        }

        IDocument timeline = await visit.GoAsync("timeline");
        Assert.Equal("Summary", visit.Summary.QuerySelector("h1").Words());
        Assert.True(Items(timeline).Count() > 20, "the timeline names every item");
        Assert.Subset(shown, Items(timeline).ToHashSet());
        string[] sections = ["problems", "medicines", "allergies", "results", "appointments", "contacts-and-stays", "documents", "referrals", "immunisations", "social-care", "care-team"];
        foreach (string section in sections)
        {
            Assert.NotEmpty(Items(await visit.GoAsync(section)));
        }
    }

    [Fact]
    public async Task Timeline_IsFilteredByDateKindAndSource_AndSearchedByWords()
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber);
        IDocument timeline = await visit.GoAsync("timeline");

        async Task<string> FilterAsync(params (string, string)[] fields) =>
            string.Join(" | ", (await visit.FilterAsync(timeline, fields)).QuerySelectorAll(".timeline li").Select(line => line.Words()));

        Assert.DoesNotContain("Metformin", await FilterAsync(("from", "2024-05-11"), ("to", "2024-05-14")), StringComparison.Ordinal);
        Assert.Contains("Chest pain", await FilterAsync(("from", "2024-05-11"), ("to", "2024-05-14")), StringComparison.Ordinal);
        Assert.Equal("1 Apr 2021 Medicines Metformin 500 mg tablets One twice a day Active Riverside Surgery records", await FilterAsync(("kind", "medicines")));
        string council = await FilterAsync(("source", "council"));
        Assert.Contains("Home care", council, StringComparison.Ordinal);
        Assert.DoesNotContain("Northern", council, StringComparison.Ordinal);
        Assert.Contains("Type 2 diabetes mellitus", await FilterAsync(("text", "t2dm SHAH")), StringComparison.Ordinal);
        Assert.Equal("", await FilterAsync(("text", "t2dm"), ("kind", "medicines")));
        Assert.DoesNotContain("t2dm", visit.Last.RequestMessage!.RequestUri!.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ResultsOfTwoLaboratories_AreOneTrendInOneUnitWithTheRangeOfEach()
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber);
        IElement row = (await visit.GoAsync("results")).QuerySelectorAll("tbody tr").First(row => row.Words().Contains("Haemoglobin", StringComparison.Ordinal));
        Assert.Contains("109 g/L ▼ Low", row.Words(), StringComparison.Ordinal);
        Assert.Contains("3 results", row.Words(), StringComparison.Ordinal);

        IDocument page = await visit.GoAsync(row.QuerySelector("td:last-child a")!.GetAttribute("href")!);
        string[] results = [.. page.QuerySelectorAll("table tbody tr").Select(line => line.Words())];

        Assert.Equal(3, results.Length);
        Assert.Matches("12 May 2024, 08:15.*109 g/L ▼ Low.*120 to 160.*Corrected.*Northern pathology", results[0]);
        Assert.Matches("12 Sep 2023, 09:10.*11.2 g/dL ▼ Low .drawn as 112 g/L.*11.5 to 15.5.*Southern pathology", results[1]);
        Assert.Matches("1 Feb 2023.*131 g/L.*120 to 160.*Northern pathology", results[2]);
        IElement chart = Assert.Single(page.QuerySelectorAll("svg[role=img]"));
        Assert.Equal("Haemoglobin in g/L: 3 values from 1 February 2023 to 12 May 2024; the newest is 109.", chart.QuerySelector("title").Words());
        Assert.Equal(3, chart.QuerySelectorAll("path.chart-point").Length);
        Assert.Equal(2, chart.QuerySelectorAll("path.chart-point--low").Length);
        // 120 to 160, then 115 to 155, then 120 to 160 again.
        Assert.Equal(3, chart.QuerySelectorAll("rect.chart-range").Length);
        Assert.NotEqual(chart.QuerySelectorAll("rect.chart-range")[0].GetAttribute("y"), chart.QuerySelectorAll("rect.chart-range")[1].GetAttribute("y"));
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("resident")]
    public async Task Letter_OpensInItsPlace_AndItsVersionsAreOneLine(string account)
    {
        using RecordVisit visit = account == "resident"
            ? await RecordVisit.OpenOwnAsync(record.Address)
            : await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber, account);
        IElement[] letters = [.. (await visit.GoAsync("documents")).QuerySelectorAll("tbody tr")];

        Assert.Equal(["Clinic letter", "Discharge summary"], letters.Select(letter => letter.QuerySelector("a").Words()));
        Assert.Contains("1 earlier version", letters[1].Words(), StringComparison.Ordinal);
        Assert.Contains("Replaced by a newer version", letters[1].QuerySelector("details").Words(), StringComparison.Ordinal);

        IDocument newest = await visit.GoAsync(letters[1].QuerySelector("a")!.GetAttribute("href")!);
        string pdf = newest.QuerySelector("object[type='application/pdf']")!.GetAttribute("data")!;
        await visit.GoAsync(pdf);
        Assert.Equal("application/pdf", visit.Last.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(await visit.Last.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);

        IDocument earlier = await visit.GoAsync(letters[1].QuerySelector("details a")!.GetAttribute("href")!);
        Assert.Contains("First draft: aspirin 300 mg daily.", earlier.QuerySelector(".document-text").Words(), StringComparison.Ordinal);
        Assert.Contains("Replaced by a newer version", earlier.QuerySelector(".facts").Words(), StringComparison.Ordinal);
        Assert.Equal("There is a newer version. This one was replaced: read Discharge summary, 16 May 2024, 09:00.", earlier.QuerySelector("main .empty").Words());
        // The bytes of a letter are no item of their own.
        Assert.DoesNotContain("Content of a document", (await visit.GoAsync("timeline")).QuerySelector("main").Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("problems", "Type 2 diabetes mellitus", "Riverside Surgery records", "Riverside Surgery (F83999)", "Dr Ann Shah", "March 2011", "14 March 2011", "44054006 (SNOMED CT)", "T2DM")]
    [InlineData("documents", "Clinic letter", "Northern Hospital administration", "Northern Hospital (RZZ99)", "Dr Nana Osei", "1 June 2024, 12:00", "1 June 2024, 12:00", "CN (HL7 table 0270)", "Clinic letter")]
    [InlineData("social-care", "Home care", "Canonbury social care", "Canonbury Council (E09999)", "Not named by the source", "1 November 2023", "Not said", "asc-home-care", "Home care")]
    [InlineData("results", "Full blood count", "Northern pathology", "Northern Hospital (RZZ99)", "Not named by the source", "12 May 2024, 08:15", "13 May 2024, 12:00", "FBC (L-NORTH", "Full blood count")]
    public async Task Item_SaysWhereItComesFromWhenItWasAndWhatWasSent(
        string section, string title, string system, string organisation, string author, string happened, string recorded, string code, string text)
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber);
        IElement link = (await visit.GoAsync(section)).QuerySelectorAll("tbody a").First(link => link.Words() == title);

        IDocument page = await visit.GoAsync(link.GetAttribute("href")!);
        Dictionary<string, string> facts = page.QuerySelectorAll(".facts .nhsuk-summary-list__row")
            .ToDictionary(row => row.QuerySelector("dt").Words(), row => row.QuerySelector("dd").Words());

        Assert.Equal((system, organisation, author, text), (facts["Source system"], facts["Source organisation"], facts["Author"], facts["Original text"]));
        Assert.StartsWith(happened, facts["Happened"], StringComparison.Ordinal);
        Assert.StartsWith(recorded, facts["Recorded by the source"], StringComparison.Ordinal);
        Assert.StartsWith(code, facts["Original code"], StringComparison.Ordinal);
        Assert.StartsWith(UkTime.Date(UkTime.DateOf(TimeProvider.System.GetUtcNow())), facts["Received by us"], StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll(".versions > li"));
    }

    [Fact]
    public async Task Item_ThatItsSourceCorrected_ShowsWhatItSaidBefore()
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber);
        IElement row = (await visit.GoAsync("results")).QuerySelectorAll("tbody tr").First(row => row.Words().Contains("Haemoglobin", StringComparison.Ordinal));

        IDocument page = await visit.GoAsync(row.QuerySelector("a")!.GetAttribute("href")!);

        Assert.Equal(2, page.QuerySelectorAll(".versions > li").Length);
        Assert.Contains("Changed Value: before: 190 g/L now: 109 g/L", page.QuerySelector(".versions > li").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipt_NamesEverySourceWithItsLastDataAndWhetherItIsFreshLateOrStale()
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber);
        IDocument page = await visit.GoAsync("sources");
        string LineOf(string source) => page.QuerySelector("table")!.QuerySelectorAll("tbody tr").Select(row => row.Words()).Single(words => words.Contains(source, StringComparison.Ordinal));

        Assert.Contains("State Fresh", LineOf("Riverside Surgery records"), StringComparison.Ordinal);
        Assert.Contains("State Fresh", LineOf("Southern pathology"), StringComparison.Ordinal);
        Assert.Contains("State Late", LineOf("West urgent care"), StringComparison.Ordinal);
        Assert.Contains("Has sent nothing about this person", LineOf("West urgent care"), StringComparison.Ordinal);
        Assert.Contains("State Stale", LineOf("East community services"), StringComparison.Ordinal);
        DateTimeOffset then = TimeProvider.System.GetUtcNow().AddHours(-3);
        string[] moments = [.. Enumerable.Range(0, 6).Select(ago => UkTime.ShortMoment(then.AddMinutes(-ago)).Replace('\u00a0', ' '))];
        Assert.Contains(moments, moment => LineOf("East community services").Contains($"Last data from it {moment}", StringComparison.Ordinal));

        // And on every page, in a line for each.
        string strip = visit.Summary.QuerySelector(".receipt").Words();
        Assert.Matches("East community services Stale last data .*, 0 items here", strip);
        Assert.Matches("West urgent care Late last data", strip);
        Assert.Matches("Northern pathology Fresh last data .*, [1-9]", strip);
    }

    [Fact]
    public async Task MyRecord_IsTheSamePersonsWithoutWhatIsNotShownToThem()
    {
        using RecordVisit visit = await RecordVisit.OpenOwnAsync(record.Address);

        Assert.Equal("/my-record", visit.Root);
        Assert.Equal("ADEYEMI, Grace Ruth (Mrs)", visit.Summary.QuerySelector(".banner-name").Words());
        Assert.Contains("Metformin", visit.Summary.QuerySelector("main").Words(), StringComparison.Ordinal);
        IDocument alerts = await visit.GoAsync("alerts");
        Assert.Contains("Nothing is available to you here", alerts.QuerySelector("main").Words(), StringComparison.Ordinal);
        foreach (string address in visit.Menu())
        {
            Assert.DoesNotContain("Key safe", (await visit.GoAsync(address)).Body.Words(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EverySection_IsAPageThatNamesNoRawCodeOfASourceOrAStatus()
    {
        using RecordVisit visit = await RecordVisit.OpenAsync(record.Address, GraceAdeyemi.NhsNumber);
        string[] raw = ["urn:canonbury", "entered-in-error", "in-progress", "ambulatory", "inpatient encounter", "Binary", "lab-north"];
        foreach (SectionWords section in SectionWords.All)
        {
            string words = (await visit.GoAsync(section.Slug)).QuerySelector("main").Words();
            Assert.All(raw, code => Assert.DoesNotContain(code, words, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Links(IDocument page) => page.QuerySelectorAll("main a[href], nav.record-menu a").Select(link => link.GetAttribute("href")!);

    private static IEnumerable<string> Items(IDocument page) =>
        Links(page).Where(address => address.Contains("/items/", StringComparison.Ordinal) && !address.Contains("/documents/", StringComparison.Ordinal));
}
