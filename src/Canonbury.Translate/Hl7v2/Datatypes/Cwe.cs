using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Coded values: CE, CWE, CNE, CF, and IS or ID with a known table (map CWE[CodeableConcept]).</summary>
public static class Cwe
{
    /// <summary>
    /// Code, alternate and second alternate code as codings, the original text as text. A code keeps the sender's system; where it
    /// names none, <paramref name="defaultSystem"/>, or no system at all.
    /// </summary>
    /// <returns>Null when there is neither code nor text.</returns>
    public static CodeableConcept? ToConcept(Repetition value, Draft draft, string? defaultSystem = null)
    {
        CodeableConcept concept = new();
        Add(concept, value, 1, draft, defaultSystem);
        Add(concept, value, 4, draft, null);
        Add(concept, value, 10, draft, null);
        string? words = value[9].Text ?? value[2].Text ?? value[5].Text;

        // A code in no system means nothing elsewhere: it is the source's own word for the thing.
        concept.Text = words ?? (concept.Coding.Exists(coding => coding.System is not null) ? null : value[1].Text);
        return concept.Coding.Count == 0 && concept.Text is null ? null : concept;
    }

    public static CodeableConcept? ToConcept(Field value, Draft draft, string? defaultSystem = null) =>
        ToConcept(value.First, draft, defaultSystem);

    public static List<CodeableConcept> ToConcepts(Field field, Draft draft, string? defaultSystem = null)
    {
        List<CodeableConcept> concepts = [];
        foreach (Repetition value in field)
        {
            if (ToConcept(value, draft, defaultSystem) is { } concept)
            {
                concepts.Add(concept);
            }
        }

        return concepts;
    }

    /// <summary>The first code as a Coding; null when there is none.</summary>
    public static Coding? ToCoding(Repetition value, Draft draft, string? defaultSystem = null) =>
        value[1].Text is { } code ? Coding(code, value[2].Text, value[3].Text, draft, defaultSystem) : null;

    /// <summary>HL7 table <paramref name="number"/> as FHIR knows it, for codes whose system HL7 v2 leaves out.</summary>
    public static string Table(string number) => $"http://terminology.hl7.org/CodeSystem/v2-{number}";

    private static void Add(CodeableConcept concept, Repetition value, int from, Draft draft, string? defaultSystem)
    {
        if (value[from].Text is not { } code)
        {
            return;
        }

        Coding coding = Coding(code, value[from + 1].Text, value[from + 2].Text, draft, defaultSystem);
        if (!concept.Coding.Exists(other => other.Code == coding.Code && other.System == coding.System))
        {
            concept.Coding.Add(coding);
        }
    }

    private static Coding Coding(string code, string? display, string? system, Draft draft, string? defaultSystem) =>
        new(CodingSystems.Of(draft.Source, system) ?? defaultSystem, FhirCodes.Clean(code), display);
}
