using System.Text;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>The card of any type without one of its own: what the elements that most types share say.</summary>
internal static class FallbackCard
{
    private static readonly string[] Names = ["code", "type", "category", "description", "name", "title"];
    private static readonly string[] Times =
        ["effective", "occurrence", "performed", "period", "date", "dateTime", "created", "authoredOn", "timing", "recorded"];
    private static readonly string[] Authors =
        ["author", "performer", "requester", "recorder", "asserter", "source", "authority", "enterer"];

    public static Card Of(Resource resource)
    {
        string plain = Spaced(resource.TypeName);
        DataType? time = First<DataType>(resource, Times);
        return Named(resource, plain) with
        {
            Status = Concepts.Literal(First<PrimitiveType>(resource, ["status"])),
            When = Moments.Start(time),
            Until = Moments.End(time),
            Author = Actors.Name(resource, First<ResourceReference>(resource, Authors)),
            PartOf = Actors.Relative(First<ResourceReference>(resource, ["encounter", "context"])),
        };
    }

    private static Card Named(Resource resource, string plain)
    {
        foreach (string element in Names)
        {
            switch (First<DataType>(resource, [element]))
            {
                case CodeableConcept concept when Concepts.Words(concept) is not null:
                    return Concepts.Card(Section.Other, plain, concept);
                case FhirString text when Concepts.Text(text.Value) is { } words:
                    return new Card { Section = Section.Other, Title = words };
            }
        }

        return new Card { Section = Section.Other, Title = plain };
    }

    private static T? First<T>(Resource resource, ReadOnlySpan<string> elements) where T : Base
    {
        foreach (string element in elements)
        {
            if (resource.TryGetValue(element, out object? value))
            {
                if (value is T single)
                {
                    return single;
                }

                if (value is IEnumerable<T> many && many.FirstOrDefault() is { } first)
                {
                    return first;
                }
            }
        }

        return null;
    }

    // "ImmunizationRecommendation" reads as "Immunization recommendation".
    private static string Spaced(string type)
    {
        StringBuilder words = new(type.Length + 4);
        foreach (char letter in type)
        {
            words.Append(words.Length > 0 && char.IsAsciiLetterUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter);
        }

        return words.ToString();
    }
}
