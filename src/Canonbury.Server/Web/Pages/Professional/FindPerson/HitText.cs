using Canonbury.Identify.Find;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Professional.FindPerson;

/// <summary>The details of a found person in words: enough to tell people apart, and "not known" where nothing was sent.</summary>
public static class HitText
{
    public static string Born(PersonHit hit, DateOnly today) => hit.BirthDate is not { } born ? "Not known"
        : hit.Deceased ? UkTime.Date(born)
        : $"{UkTime.Date(born)} ({Age.At(born, today)})";

    public static string Sex(PersonHit hit) => SexText.Of(hit.Gender);

    public static string NhsNumber(PersonHit hit) =>
        hit.NhsNumber is not { } number ? "Not known"
            : $"{NhsNumberText.Format(number)}, {(hit.NhsNumberVerified ? "verified" : "not verified")}";

    public static string Address(PersonHit hit)
    {
        string address = string.Join(", ", new[] { hit.AddressLine, hit.Postcode }.Where(part => !string.IsNullOrWhiteSpace(part)));
        return address.Length == 0 ? "Not known" : address;
    }

    public static string Numbers(PersonHit hit) => string.Join(", ", hit.LocalIds.Select(id => $"{id.LocalId} ({id.Source})"));
}
