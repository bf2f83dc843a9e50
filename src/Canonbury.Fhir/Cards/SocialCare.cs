using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>
/// Tells social care from health care by a category, type or service: the code <c>social-care</c>, or a code of adult social care, which
/// councils' systems begin with <c>asc-</c>. No public code system has one code for it.
/// </summary>
internal static class SocialCare
{
    private const string Category = "social-care";
    private const string AdultPrefix = "asc-";

    public static bool Is(IEnumerable<CodeableConcept> concepts) => concepts
        .SelectMany(c => c.Coding)
        .Any(c => c.Code == Category || c.Code?.StartsWith(AdultPrefix, StringComparison.Ordinal) == true);
}
