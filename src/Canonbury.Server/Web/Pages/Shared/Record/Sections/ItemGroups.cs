using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>
/// Splits a section into what counts now and what does not, by the source's own status and dates; it infers nothing else.
/// </summary>
public static class ItemGroups
{
    /// <summary>The heading of items that are over.</summary>
    public const string Past = "Past";

    public static IReadOnlyList<ItemGroup> Of(Section section, IReadOnlyList<RecordItem> items, DateTimeOffset now)
    {
        (string heading, Func<RecordItem, DateTimeOffset, bool>? isNow) = section switch
        {
            Section.Problems =>
                ("Current", (item, at) => !Refuted(item) && !Is(item, "inactive", "remission", "resolved") && !Ended(item, at)),
            Section.Allergies => ("Current", (item, _) => !Refuted(item) && !Is(item, "inactive", "resolved")),
            Section.Medicines =>
                ("Current", (item, at) => !Is(item, "completed", "stopped", "cancelled", "not-taken", "ended") && !Ended(item, at)),
            Section.Alerts => ("Current", (item, at) => !Is(item, "inactive") && !Ended(item, at)),
            Section.Appointments => ("Coming up", ComingUp),
            Section.Encounters => ("Now or planned", (item, at) =>
                !Ended(item, at) && Is(item, "in-progress", "arrived", "triaged", "onleave", "planned")),
            Section.Referrals or Section.CarePlans or Section.SocialCare or Section.CareTeam =>
                ("Current", (item, at) =>
                    !Is(item, "completed", "revoked", "inactive", "cancelled", "rejected", "finished") && !Ended(item, at)),
            _ => ("All", (Func<RecordItem, DateTimeOffset, bool>?)null),
        };
        if (isNow is null)
        {
            return items.Count == 0 ? [] : [new ItemGroup(heading, items)];
        }

        List<RecordItem> current = [.. items.Where(item => isNow(item, now))];
        if (section == Section.Appointments)
        {
            current.Reverse(); // The next appointment stands first; the past ones stay newest first.
        }

        List<RecordItem> past = [.. items.Where(item => !isNow(item, now))];
        ItemGroup[] groups = [new(heading, current), new(Past, past)];
        return [.. groups.Where(group => group.Items.Count > 0)];
    }

    private static bool Is(RecordItem item, params ReadOnlySpan<string> statuses) =>
        item.Card.Status is { } status && statuses.Contains(status, StringComparer.OrdinalIgnoreCase);

    private static bool Refuted(RecordItem item) => string.Equals(item.Card.Verification, "refuted", StringComparison.OrdinalIgnoreCase);

    private static bool Ended(RecordItem item, DateTimeOffset now) =>
        FhirDate.Parse(item.Card.Until) is { HasDay: true } until && until.Day < UkTime.DateOf(now);

    private static bool ComingUp(RecordItem item, DateTimeOffset now) =>
        !Is(item, "cancelled", "noshow", "fulfilled") && FhirDate.Parse(item.Card.When) is { } when && when.Day >= UkTime.DateOf(now);
}
