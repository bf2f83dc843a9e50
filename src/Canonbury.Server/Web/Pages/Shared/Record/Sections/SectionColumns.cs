using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>One column of a list of items, after the first, which names the item.</summary>
public sealed record Column(string Heading, Func<RecordItem, string?> Text);

/// <summary>Which columns a section's list has, and what its first one is called.</summary>
public sealed record SectionColumns(string First, IReadOnlyList<Column> Others)
{
    private const string StatusHeading = "Status";

    private static readonly Column Status = new(StatusHeading, item => StatusWords.Of(item.Card));
    private static readonly Column PastStatus = new(StatusHeading, item => StatusWords.OfPast(item.Card));
    private static readonly Column Where = new("Where", item => item.Card.Place);
    private static readonly Column Who = new("Who", item => item.Card.Author);
    private static readonly Column Detail = new("Detail", item => ValueText.Of(item.Card));

    public static SectionColumns Of(Section section) => section switch
    {
        Section.Problems => new("Problem", [When("Since"), Until("Ended"), Status, new("Severity", item => SeverityWords.Of(item.Card.Severity)), Detail]),
        Section.Medicines => new("Medicine", [new("Dose", item => item.Card.Text), When("Started"), Until("Ended"), Status, Who]),
        Section.Allergies =>
            new("Substance", [new("Reaction", item => item.Card.Text), new("Criticality", item => SeverityWords.Of(item.Card.Severity)), Recorded, Status]),
        Section.Alerts => new("Alert", [Detail, When("From"), Until("To"), Status, Who]),
        Section.Appointments => new("Appointment", [Detail, When("When"), Where, Who, Status]),
        Section.Encounters => new("Stay or contact", [Detail, Span, Where, Who, Status]),
        Section.Referrals => new("Referral", [When("When"), Where, Who, new("Priority", item => SeverityWords.Of(item.Card.Severity)), Status, Detail]),
        Section.Immunisations => new("Immunisation", [When("Given"), Detail, Where, Who, Status]),
        Section.Procedures => new("Procedure", [When("When"), Where, Who, Status, Detail]),
        Section.Contacts or Section.CareTeam => new("Name", [Detail, Where, When("From"), Until("To"), Status]),
        Section.Demographics => new("Source's record", [Detail, When("From"), Recorded]),
        _ => new("Item", [Detail, When("When"), Until("To"), Who, Where, Status]),
    };

    /// <summary>Without the columns in which no item has anything.</summary>
    /// <param name="past">True where the items are listed as past.</param>
    public SectionColumns For(IReadOnlyList<RecordItem> items, bool past)
    {
        IEnumerable<Column> columns = past ? Others.Select(column => column.Heading == StatusHeading ? PastStatus : column) : Others;
        return this with { Others = [.. columns.Where(column => items.Any(item => !string.IsNullOrWhiteSpace(column.Text(item))))] };
    }

    private static Column Recorded => new("Recorded", item => FhirDate.Parse(item.Card.Recorded)?.Short);

    // A source that gave no date still sent the item at some time; the list is in that order, so it is said.
    private static Column Span => new(
        "When", item => FhirDate.Span(item.Card.When, item.Card.Until) ?? $"No date; sent {UkTime.ShortMoment(item.SourceTime)}");

    private static Column When(string heading) => new(heading, item => FhirDate.Parse(item.Card.When)?.Short);

    private static Column Until(string heading) => new(heading, item => FhirDate.Parse(item.Card.Until)?.Short);
}
