using Canonbury.Identify.Find;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Professional.FindPerson;

/// <summary>The details of a found person in words: enough to tell people apart, and "not known" where nothing was sent.</summary>
public static class HitText
{
    public static string Born(PersonHit hit, DateOnly today) => Born(hit, today, UkTime.Date);

    /// <summary>For the list, where a long month breaks the line.</summary>
    public static string BornShort(PersonHit hit, DateOnly today) => Born(hit, today, UkTime.ShortDate);

    public static string Sex(PersonHit hit) => SexText.Of(hit.Gender);

    public static string NhsNumber(PersonHit hit) =>
        hit.NhsNumber is not { } number ? "Not known"
            : $"{NhsNumberText.Format(number)}, {(hit.NhsNumberVerified ? "verified" : "not verified")}";

    public static string Address(PersonHit hit)
    {
        string address = string.Join(", ", new[] { hit.AddressLine, hit.Postcode }.Where(part => !string.IsNullOrWhiteSpace(part)));
        return address.Length == 0 ? "Not known" : address;
    }

    /// <summary>The number in each source, with what people call the source.</summary>
    public static IEnumerable<string> Numbers(PersonHit hit, SourceNames names) => hit.LocalIds.Select(id => $"{id.LocalId} ({names.Of(id.Source.Value)})");

    private static string Born(PersonHit hit, DateOnly today, Func<DateOnly, string> words) => hit.BirthDate is not { } born ? "Not known"
        : hit.Deceased ? words(born)
        : $"{words(born)} ({Age.At(born, today)})";
}
