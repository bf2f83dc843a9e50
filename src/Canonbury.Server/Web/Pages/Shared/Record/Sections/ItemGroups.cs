using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>
/// Splits a section into what counts now and what does not, by the source's own status and dates; it infers nothing else. Where the source
/// did not say, the heading says so.
/// </summary>
public static class ItemGroups
{
    /// <summary>The heading of items that are over.</summary>
    public const string Past = "Past";

    /// <summary>The heading of items that were open when the source last spoke of them, longer ago than such things last.</summary>
    public const string NoEnd = "No end sent";

    /// <summary>The heading of items whose source gave no status: they are not called current, and not past (hazard 10).</summary>
    public const string NotSaid = "Source did not say whether current";

    /// <summary>A clinic visit is over a day later, also where nobody said so.</summary>
    private const int DaysOfAVisit = 1;

    public static IReadOnlyList<ItemGroup> Of(Section section, IReadOnlyList<RecordItem> items, DateTimeOffset now)
    {
        string[] headings = HeadingsOf(section);
        if (headings.Length == 0)
        {
            return items.Count == 0 ? [] : [new ItemGroup("All", items)];
        }

        ILookup<string, RecordItem> groups = items.ToLookup(item => HeadingOf(section, item, now, headings[0]));
        // The next appointment stands first; the past ones stay newest first.
        return [.. headings.Where(groups.Contains).Select(heading => new ItemGroup(
            heading, section == Section.Appointments && heading == headings[0] ? [.. groups[heading].Reverse()] : [.. groups[heading]]))];
    }

    /// <summary>The groups of a section in their order: what counts now stands first.</summary>
    private static string[] HeadingsOf(Section section) => section switch
    {
        Section.Problems or Section.Medicines => ["Current", NotSaid, Past],
        Section.Allergies or Section.Alerts or Section.Referrals or Section.CarePlans or Section.SocialCare or Section.CareTeam => ["Current", Past],
        Section.Appointments => ["Coming up", Past],
        Section.Encounters => ["Now or planned", NoEnd, Past],
        _ => [],
    };

    private static string HeadingOf(Section section, RecordItem item, DateTimeOffset now, string current) => section switch
    {
        Section.Problems => Refuted(item) || Is(item, "inactive", "remission", "resolved") || Ended(item, now) ? Past
            : Is(item, "active", "recurrence", "relapse") ? current : NotSaid,
        // Said to be over is past; everything else about a danger counts as current.
        Section.Allergies => Refuted(item) || Is(item, "inactive", "resolved") ? Past : current,
        Section.Alerts => Is(item, "inactive") || Ended(item, now) ? Past : current,
        Section.Medicines => Is(item, "completed", "stopped", "cancelled", "not-taken", "ended", "declined") || Ended(item, now) ? Past
            : item.Card.Status is null || Is(item, "unknown") ? NotSaid : current,
        Section.Appointments => !Is(item, "cancelled", "noshow", "fulfilled") && Day(item) >= UkTime.DateOf(now) ? current : Past,
        Section.Encounters => EncounterHeading(item, now, current),
        _ => Is(item, "completed", "revoked", "inactive", "cancelled", "rejected", "finished") || Ended(item, now) ? Past : current,
    };

    private static string EncounterHeading(RecordItem item, DateTimeOffset now, string current)
    {
        bool isOpen = item.Card.Status is null || Is(item, "in-progress", "arrived", "triaged", "onleave", "planned", "unknown");
        if (Ended(item, now) || !isOpen)
        {
            return Past;
        }

        // A stay lasts until its end is sent; a visit or a plan of days ago is neither now nor planned.
        bool isNow = Is(item, "in-progress", "onleave") || Day(item) >= UkTime.DateOf(now).AddDays(-DaysOfAVisit);
        return isNow || (Day(item) is null && Is(item, "planned")) ? current : NoEnd;
    }

    private static bool Is(RecordItem item, params ReadOnlySpan<string> statuses) =>
        item.Card.Status is { } status && statuses.Contains(status, StringComparer.OrdinalIgnoreCase);

    private static bool Refuted(RecordItem item) => string.Equals(item.Card.Verification, "refuted", StringComparison.OrdinalIgnoreCase);

    private static bool Ended(RecordItem item, DateTimeOffset now) =>
        FhirDate.Parse(item.Card.Until) is { HasDay: true } until && until.Day < UkTime.DateOf(now);

    private static DateOnly? Day(RecordItem item) => FhirDate.Parse(item.Card.When)?.Day;
}
