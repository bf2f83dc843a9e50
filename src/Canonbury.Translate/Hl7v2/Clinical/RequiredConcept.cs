using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>A code that FHIR demands and the sender may leave out: then it says that it is unknown, it does not invent one.</summary>
internal static class RequiredConcept
{
    public static CodeableConcept Read(Field field, Draft draft, string? defaultSystem = null)
    {
        if (Cwe.ToConcept(field, draft, defaultSystem) is { } concept)
        {
            return concept;
        }

        draft.Report(field.Path, "code-missing", "The field that says what this is about is empty.");
        return Unknown();
    }

    public static CodeableConcept Unknown() => new("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown", null);
}
