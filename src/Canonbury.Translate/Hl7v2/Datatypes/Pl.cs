using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Places of people: ward, room, bed, site (map PL[Location]).</summary>
public static class Pl
{
    /// <summary>A logical reference to the most exact place given, with all of it in words; null when no part is given.</summary>
    public static ResourceReference? ToReference(Repetition pl, Draft draft)
    {
        string? words = ToText(pl);
        return words is null
            ? null
            : new ResourceReference
            {
                Type = "Location",
                Display = words,
                Identifier = new Identifier(SourceSystems.Local(draft.Source, "location"), string.Join('/', Parts(pl))),
            };
    }

    public static ResourceReference? ToReference(Field field, Draft draft) => ToReference(field.First, draft);

    /// <summary>Ward, room, bed, building, floor and site with commas between; a description alone where that is all.</summary>
    public static string? ToText(Repetition pl)
    {
        string[] parts = [.. Parts(pl).Distinct()];
        return parts.Length > 0 ? string.Join(", ", parts) : null;
    }

    private static IEnumerable<string> Parts(Repetition pl)
    {
        string?[] parts = [pl[1].Text, Named("Room", pl[2].Text), Named("Bed", pl[3].Text), pl[7].Text, Named("Floor", pl[8].Text),
            pl[4].Sub(1)];
        return parts.OfType<string>() is var given && given.Any() ? given : pl[9].Text is { } description ? [description] : [];
    }

    /// <summary>A bare number needs its word; a name such as "Bed 3" has it.</summary>
    private static string? Named(string word, string? value) =>
        value is { Length: <= 4 } && value.Any(char.IsAsciiDigit) ? $"{word} {value}" : value;
}
