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

    /// <summary>The elements of R4 that may have several types.</summary>
    private static readonly string[] Choices =
    [
        "value", "onset", "abatement", "effective", "occurrence", "performed", "deceased", "multipleBirth", "medication", "reported", "timing",
        "asNeeded", "dose", "rate", "defaultValue", "born", "age", "serviced", "location", "product", "item", "due", "start", "detail", "content",
        "allowed", "entity", "subject", "statusReason", "doseNumber", "seriesDoses", "probability", "when", "time",
    ];

    public static string Of(string element)
    {
        // The type that FHIR adds to a choice element (R4 formats.html#choice) says nothing to a reader.
        string name = Array.Find(ValueTypes, type => element.EndsWith(type, StringComparison.Ordinal)) is { } type
            && Choices.Contains(element[..^type.Length]) ? element[..^type.Length] : element;
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
