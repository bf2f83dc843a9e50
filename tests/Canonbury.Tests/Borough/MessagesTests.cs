using System.Text;
using Canonbury.Borough.Bundles;
using Canonbury.Borough.Systems;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Validation;
using Canonbury.Translate.Hl7v2;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Borough;

public sealed class MessagesTests(Sample sample) : IClassFixture<Sample>
{
    private IEnumerable<SourceEvent> OfHl7 => sample.Events.Where(each => !each.System.SendsFhir);

    [Fact]
    public void EveryMessage_IsReadWithItsSystemEventAndPatient() => Assert.All(OfHl7, each =>
    {
        Hl7Message message = Hl7Message.Parse(each.Payload.Span);
        Segment header = message.Header;
        Assert.Equal((each.System.Application, each.System.Facility), (header[3].Text, header[4].Text));
        Assert.Equal(each.Kind, $"{header[9][1].Text}^{header[9][2].Text}");
        Assert.Equal(each.ControlId, header[10].Text);
        Assert.Equal("2.4", header[12].Text);
        Assert.Equal($"{each.System.Authority}|{each.LocalId}", PatientKey.Find(message));
    });

    [Fact]
    public void AReport_HasAsManyResultsAsItSays() => Assert.All(OfHl7.Where(each => each.Kind == "ORU^R01"), each =>
    {
        Hl7Message message = Hl7Message.Parse(each.Payload.Span);
        Assert.Equal(each.Results, message.All("OBX").Count());
        Assert.All(message.All("OBX"), result => Assert.True(result[3].IsValued && result[5].IsValued && result[11].IsValued));
        Assert.NotEmpty(message.All("OBR"));
    });

    [Fact]
    public void AMerge_NamesTheRetiredNumber() => Assert.All(OfHl7.Where(each => each.Kind == "ADT^A40"), each =>
    {
        Hl7Message message = Hl7Message.Parse(each.Payload.Span);
        Assert.Equal($"STALDERS|{each.LocalId}D", PatientKey.FindMerged(message));
    });

    [Fact]
    public void Reports_AreCorrectedAndWithdrawn()
    {
        HashSet<string?> states = [.. OfHl7.Where(each => each.Kind == "ORU^R01")
            .SelectMany(each => Hl7Message.Parse(each.Payload.Span).All("OBX")).Select(result => result[11].Text)];
        Assert.Empty(new[] { "F", "C", "W", "P" }.Except(states));
    }

    [Fact]
    public void Letters_ComeAsTextAndAsPdf()
    {
        List<string> values = [.. OfHl7.Where(each => each.Kind == "MDM^T02")
            .Select(each => Hl7Message.Parse(each.Payload.Span).First("OBX")).Where(result => result[2].Text == "ED").Select(result => result[5][5].Text!)];
        Assert.NotEmpty(values);
        string pdf = Encoding.ASCII.GetString(Convert.FromBase64String(values[0]));
        Assert.StartsWith("%PDF-1.4", pdf, StringComparison.Ordinal);
        int table = pdf.IndexOf("xref\n0 6\n", StringComparison.Ordinal);
        Assert.Contains($"startxref\n{table}\n%%EOF", pdf, StringComparison.Ordinal);
        Assert.Contains(OfHl7, each => each.Kind == "MDM^T02" && Encoding.UTF8.GetString(each.Payload.Span).Contains(@"weight", StringComparison.Ordinal));
    }

    [Fact]
    public void Letters_KeepTheirMarksWhereTheSystemCanWriteThem()
    {
        HashSet<string> surnames = [.. sample.Residents.Select(resident => resident.Family)];
        Assert.Contains(OfHl7.Where(each => each.System == SourceSystem.Pas),
            each => Hl7Message.Parse(each.Payload.Span).First("PID")[5].Text is string name && name.Any(letter => letter > 0x7F) && surnames.Contains(name));
        Assert.All(OfHl7.Where(each => each.System == SourceSystem.Lab), each => Assert.True(Ascii.IsValid(each.Payload.Span) && !each.Payload.Span.Contains((byte)'?')));
    }

    [Fact]
    public void EveryBundle_IsValidR4AndRefersToItsPatient()
    {
        List<SourceEvent> bundles =
        [
            .. sample.Events.Where(each => each.System.SendsFhir).Where((_, index) => index % 17 == 0),
            Registers.Of(SourceSystem.Gp, new DateTime(2026, 1, 1)), Registers.Of(SourceSystem.Asc, new DateTime(2026, 1, 1)),
        ];
        Assert.All(bundles, each =>
        {
            Parsed parsed = BaseValidation.Check(each.Payload.ToArray(), WireFormat.Json);
            Assert.True(parsed.IsValid, string.Join("; ", parsed.Issues.Select(issue => issue.ToString())));
            Bundle bundle = Assert.IsType<Bundle>(parsed.Resource);
            Assert.All(bundle.Entry, entry =>
            {
                Resource resource = Assert.IsAssignableFrom<Resource>(entry.Resource);
                Assert.Equal($"{resource.TypeName}/{resource.Id}", entry.Request?.Url);
                Assert.Matches("^[A-Za-z0-9.-]{1,64}$", resource.Id!);
            });
        });
    }

    [Fact]
    public void Diabetes_IsOneStoryInEverySystem()
    {
        int person = Enumerable.Range(0, 2_000).First(index => sample.Histories[index].Any(each => Says(each, "44054006")) && sample.Histories[index].Any(each => Says(each, "Metformin"))
            && sample.Histories[index].Any(each => each.System == SourceSystem.Lab && Says(each, "A1C^HbA1c")));
        IReadOnlyList<SourceEvent> history = sample.Histories[person];
        Assert.True(history.Count(each => each.System == SourceSystem.Lab && Says(each, "A1C^HbA1c")) > 1);
        Assert.Contains(history, each => each.System == SourceSystem.Gp && Says(each, "Type 2 diabetes mellitus review"));
    }

    private static bool Says(SourceEvent each, string words) => each.Payload.Span.IndexOf(Encoding.UTF8.GetBytes(words)) >= 0;
}
