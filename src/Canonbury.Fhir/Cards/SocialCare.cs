using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Tells social care from health care: a category, type or service that carries the code <c>social-care</c>.</summary>
internal static class SocialCare
{
    public static bool Is(IEnumerable<CodeableConcept> concepts) => Concepts.Has(concepts, "social-care");
}
