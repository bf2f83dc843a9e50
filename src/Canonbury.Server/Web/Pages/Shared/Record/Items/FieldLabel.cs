using System.Text;

namespace Canonbury.Server.Web.Pages.Shared.Record.Items;

/// <summary>Turns a FHIR element name into words: <c>onsetDateTime</c> becomes "Onset", <c>bodySite</c> "Body site".</summary>
public static class FieldLabel
{
    private static readonly string[] ValueTypes =
    [
        "CodeableConcept", "DateTime", "Quantity", "Boolean", "Reference", "Integer", "Period", "Range", "Ratio", "Coding", "String",
        "Identifier",
        "SampledData", "Timing", "Annotation", "Attachment", "Decimal", "Instant", "Date", "Time", "Code", "Uri", "Age",
    ];

    public static string Of(string element)
    {
        // The type that FHIR adds to a choice element (R4 formats.html#choice) says nothing to a reader.
        string? type = Array.Find(ValueTypes, type => element.EndsWith(type, StringComparison.Ordinal) && element.Length > type.Length);
        string name = type is null || element is "birthDate" ? element : element[..^type.Length];
        StringBuilder words = new(name.Length + 4);
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(words.Length == 0 ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
