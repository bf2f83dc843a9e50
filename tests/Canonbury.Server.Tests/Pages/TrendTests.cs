using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Units;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Canonbury.Server.Web.Pages.Shared.Record.Trends;
using Xunit;

namespace Canonbury.Server.Tests.Pages;

/// <summary>D5: trends convert units where UCUM says how, refuse where it does not, and keep differing ranges apart.</summary>
public sealed class TrendTests
{
    [Theory]
    [InlineData("g/dL", "g/L", 10)]
    [InlineData("mmol/L", "umol/L", 1000)]
    [InlineData("mg/L", "ug/mL", 1)]
    [InlineData("10*9/L", "10*6/mL", 1)]
    [InlineData("kPa", "mm[Hg]", 7.50063755)]
    [InlineData("{cells}/uL", "10*6/L", 1)]
    [InlineData("kg/m2", "g/cm2", 0.1)]
    [InlineData("%", "1", 0.01)]
    public void Factor_OfOneDimension_IsKnown(string from, string to, double factor) =>
        Assert.Equal(factor, Ucum.Factor(from, to)!.Value, 6);

    [Theory]
    [InlineData("mmol/L", "mg/dL")]
    [InlineData("[iU]/L", "mmol/L")]
    [InlineData("U/L", "[iU]/L")]
    [InlineData("Cel", "[degF]")]
    [InlineData("[pH]", "1")]
    [InlineData("mmol/L", null)]
    public void Factor_OfUnlikeOrUnknownUnits_IsRefused(string from, string? to) => Assert.Null(Ucum.Factor(from, to));

    [Fact]
    public void Trend_InTwoUnitsOfOneDimension_IsOneLineInTheNewestUnit()
    {
        Trend trend = Assert.Single(Haemoglobin.Trends());

        Assert.Equal("g/L", trend.Unit);
        Assert.Equal([131, 114, 109], trend.Points.Select(point => point.Value));
        Assert.Equal([120.0, 120.0, 120.0], trend.Points.Select(point => point.Low!.Value));
        Assert.Equal([false, true, false], trend.Points.Select(point => point.Converted));
    }

    [Fact]
    public void Trend_InUnitsThatCannotBeConverted_IsTwoCharts()
    {
        TestSeries glucose = Assert.Single(TestSeries.Group(
        [
            MadeUpRecord.Result("Glucose", 5.5m, "mmol/L", "2024-05-12"),
            MadeUpRecord.Result("Glucose", 99m, "mg/dL", "2024-01-12"),
        ]));

        Assert.Equal(["mmol/L", "mg/dL"], glucose.Trends().Select(trend => trend.Unit));
    }

    [Fact]
    public void Layout_StaysInsideTheChartAndKeepsTheOrderOfTime()
    {
        ChartLayout layout = ChartLayout.Of(Haemoglobin.Trends()[0]);

        Assert.All(layout.Points, point => Assert.InRange(point.X, ChartLayout.Left, ChartLayout.Right));
        Assert.All(layout.Points, point => Assert.InRange(point.Y, ChartLayout.Top, ChartLayout.Bottom));
        Assert.Equal(layout.Points.Select(point => point.X).Order(), layout.Points.Select(point => point.X));
        Assert.Equal((ChartLayout.Left, ChartLayout.Right), (Assert.Single(layout.Bands).X, layout.Bands[0].X + layout.Bands[0].Width));
        Assert.True(layout.Points[0].Y < layout.Points[2].Y, "131 stands above 109");
    }

    [Fact]
    public void RangesThatDiffer_AreBandsOfTheirOwnWhereTheirResultsStand()
    {
        TestSeries potassium = Assert.Single(TestSeries.Group(
        [
            MadeUpRecord.Result("Potassium", 4.4m, "mmol/L", "2024-05-12", 3.5m, 5.3m),
            MadeUpRecord.Result("Potassium", 4.1m, "mmol/L", "2024-03-12", 3.5m, 5.3m),
            MadeUpRecord.Result("Potassium", 4.6m, "mmol/L", "2024-01-12", 3.0m, 5.0m),
        ]));

        ChartLayout layout = ChartLayout.Of(Assert.Single(potassium.Trends()));

        Assert.Equal(2, layout.Bands.Count);
        Assert.True(layout.Bands[0].Y > layout.Bands[1].Y, "a range up to 5.0 ends below one up to 5.3");
        Assert.InRange(layout.Points[0].X, layout.Bands[0].X, layout.Bands[0].X + layout.Bands[0].Width);
        Assert.InRange(layout.Points[1].X, layout.Bands[1].X, layout.Bands[1].X + layout.Bands[1].Width);
    }

    [Fact]
    public void MeasurementOfSeveralNumbers_HasAChartForEach()
    {
        RecordItem Pressure(decimal systolic, decimal diastolic, string when) => MadeUpRecord.Item(
            new Card
            {
                Section = Section.Measurements, Title = "Blood pressure", Group = "bp", When = when,
                Parts = new CardParts([new("Systolic", systolic, null, "mmHg", "mm[Hg]"), new("Diastolic", diastolic, null, "mmHg", "mm[Hg]")]),
            },
            "Observation");

        IReadOnlyList<Trend> trends = Assert.Single(TestSeries.Group([Pressure(129, 89, "2024-05-12"), Pressure(141, 92, "2024-01-12")])).Trends();

        Assert.Equal([("Systolic", "141,129"), ("Diastolic", "92,89")], trends.Select(trend => (trend.Part!, string.Join(',', trend.Points.Select(point => point.Value)))));
        Assert.Equal("129/89 mmHg", ValueText.Of(Pressure(129, 89, "2024-05-12").Card));
    }

    [Fact]
    public void Layout_OfEqualValuesOnOneDay_HasAScale()
    {
        TestSeries flat = Assert.Single(TestSeries.Group(
            [MadeUpRecord.Result("Sodium", 140, "mmol/L", "2024-05-12"), MadeUpRecord.Result("Sodium", 140, "mmol/L", "2024-05-12")]));

        ChartLayout layout = ChartLayout.Of(flat.Trends()[0]);

        Assert.InRange(layout.Ticks.Count, 2, 12);
        Assert.All(layout.Points, point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
    }

    [Fact]
    public void Abnormal_IsAWordAndAShape()
    {
        RecordItem marked = MadeUpRecord.Result("Potassium", 6.9m, "mmol/L", "2024-05-12", 3.5m, 5.3m, "HH");
        RecordItem unmarked = MadeUpRecord.Result("Potassium", 3.1m, "mmol/L", "2024-05-12", 3.5m, 5.3m);

        Assert.Equal(new Flag("Very high", "▲▲", false), Flag.Of(marked.Card));
        Assert.Equal(new Flag("Below range", "▼", true), Flag.Of(unmarked.Card));
        Assert.False(Flag.Of(MadeUpRecord.Result("Potassium", 4.4m, "mmol/L", "2024-05-12", 3.5m, 5.3m).Card).Marked);
    }

    private static TestSeries Haemoglobin =>
        TestSeries.Group(MadeUpRecord.View(MadeUpRecord.Full)[Section.Results].Items).Single(
            test => test.Title == "Haemoglobin");
}
