using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Reads coded values as sent: which words stand for them, and which code.</summary>
internal static class Concepts
{
    /// <summary>A card titled by the first of the concepts that says anything, else by the plain name.</summary>
    public static Card Card(Section section, string plainName, params ReadOnlySpan<CodeableConcept?> concepts)
    {
        foreach (CodeableConcept? concept in concepts)
        {
            if (concept is null)
            {
                continue;
            }

            Coding? coding = Chosen(concept);
            string? title = Text(coding?.Display) ?? Text(concept.Text);
            if (title is not null || coding?.Code is not null)
            {
                string? original = Text(concept.Text);
                return new Card
                {
                    Section = section,
                    Title = title ?? plainName,
                    System = coding?.System,
                    Code = coding?.Code,
                    OriginalText = string.Equals(original, title, StringComparison.Ordinal) ? null : original,
                };
            }
        }

        return new Card { Section = section, Title = plainName };
    }

    /// <summary>The words of a concept: display, else text, else code.</summary>
    public static string? Words(CodeableConcept? concept)
    {
        Coding? coding = concept is null ? null : Chosen(concept);
        return Text(coding?.Display) ?? Text(concept?.Text) ?? coding?.Code;
    }

    /// <summary>The words of a concept, and a code only where it reads as words ("Acute medicine"): for sentences that people read.</summary>
    public static string? WordsOnly(CodeableConcept? concept)
    {
        Coding? coding = concept is null ? null : Chosen(concept);
        return Text(coding?.Display) ?? Text(concept?.Text) ?? (ReadsAsWords(coding?.Code) ? coding!.Code : null);
    }

    // Senders that have no codes put words where a code belongs. Codes are capitals and digits: S15, 21, DS.
    private static bool ReadsAsWords(string? code) => code?.Any(char.IsAsciiLetterLower) == true && !code.Any(char.IsAsciiDigit);

    public static string? Words(IEnumerable<CodeableConcept> concepts) => Join(concepts.Select(Words));

    public static string? Words(Coding? coding) => Text(coding?.Display) ?? coding?.Code;

    /// <summary>The code of a status-like concept, else its text.</summary>
    public static string? Code(CodeableConcept? concept) =>
        concept?.Coding.FirstOrDefault(c => c.Code is not null)?.Code ?? Text(concept?.Text);

    public static string? Join(IEnumerable<string?> parts)
    {
        string joined = string.Join(", ", parts.Where(p => !string.IsNullOrWhiteSpace(p)));
        return joined.Length == 0 ? null : joined;
    }

    public static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>The literal of a coded element as it was sent, also when it is not in the value set.</summary>
    public static string? Literal(PrimitiveType? element) => element?.JsonValue as string;

    public static bool Has(IEnumerable<CodeableConcept> concepts, params ReadOnlySpan<string> codes)
    {
        foreach (CodeableConcept concept in concepts)
        {
            foreach (Coding coding in concept.Coding)
            {
                if (coding.Code is not null && codes.Contains(coding.Code))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The one that the user picked (Coding.userSelected), else the first with words, else the first with a code.
    private static Coding? Chosen(CodeableConcept concept) =>
        concept.Coding.Find(c => c.UserSelected == true)
        ?? concept.Coding.Find(c => !string.IsNullOrWhiteSpace(c.Display))
        ?? concept.Coding.Find(c => c.Code is not null);
}
