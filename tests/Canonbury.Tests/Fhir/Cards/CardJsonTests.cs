using System.Text;
using System.Text.Json;
using Canonbury.Fhir.Cards;
using Xunit;

namespace Canonbury.Tests.Fhir.Cards;

public sealed class CardJsonTests
{
    private static readonly Card Full = new()
    {
        Section = Section.Results, Title = "Kalium \"serum\"", System = "s", Code = "c", OriginalText = "ö", Status = "final", Verification = "v",
        When = "2024-05", Until = "2024-06", Recorded = "2024-07-01T10:00:00+01:00", Author = "a", Place = "p", Value = 1.50m, Comparator = "<",
        Unit = "mmol/L", UnitCode = "mmol/L", Text = "line\nline", Low = 0.10m, High = 2m, RangeText = "r", Interpretation = "H", Severity = "high",
        PartOf = "DiagnosticReport/1", Replaces = "DocumentReference/0", Group = "s|c", Withdrawn = true, SearchText = "kalium",
    };

    [Fact]
    public void Read_GivesBackEverythingThatWriteWrote() => Assert.Equal(Full, CardJson.Read(CardJson.Write(Full)));

    [Fact]
    public void Read_GivesBackTheNumbersOfAMeasurementThatHasSeveral()
    {
        CardPart[] parts = [new("Systolic", 129, null, "mmHg", "mm[Hg]"), new("Diastolic", 8.90m, "<", null, null)];
        Card card = new() { Section = Section.Measurements, Title = "Blood pressure", Parts = new CardParts(parts), Text = "after" };

        Assert.Equal(parts, CardJson.Read(CardJson.Write(card)).Parts);
        Assert.Equal(card, CardJson.Read(CardJson.Write(card)));
    }

    [Fact]
    public void Read_KeepsTheDigitsOfANumber() => Assert.Equal("1.50", $"{CardJson.Read(CardJson.Write(Full)).Value}");

    [Fact]
    public void Write_LeavesOutWhatIsAbsent()
    {
        Card small = new() { Section = Section.Problems, Title = "Asthma" };
        Assert.Equal("""{"s":1,"t":"Asthma"}""", Encoding.UTF8.GetString(CardJson.Write(small)));
        Assert.Equal(small, CardJson.Read(CardJson.Write(small)));
    }

    [Fact]
    public void Read_SkipsALetterOfALaterVersion() =>
        Assert.Equal("Asthma", CardJson.Read("""{"s":1,"zz":{"a":[1]},"Z":[{}],"t":"Asthma"}"""u8).Title);

    [Fact]
    public void Read_WithoutATitle_Throws() => Assert.Throws<JsonException>(() => CardJson.Read("""{"s":1}"""u8));
}
