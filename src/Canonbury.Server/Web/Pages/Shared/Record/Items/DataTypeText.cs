using System.Text.Json;
using System.Text.RegularExpressions;
using Canonbury.Server.Web.Json;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Items;

/// <summary>One line of text for a FHIR data type (R4 datatypes.html); null for what is a structure of its own.</summary>
public static partial class DataTypeText
{
    /// <param name="name">The name of the element, which tells a few types apart.</param>
    public static string? Of(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => Text(value.GetString()!, name),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "Yes",
        JsonValueKind.False => "No",
        JsonValueKind.Object => Structure(value),
        _ => null,
    };

    private static string Text(string text, string name) =>
        name == "data" ? "(content of the document)"
        : name == "url" && text.StartsWith("Binary/", StringComparison.Ordinal) ? "(content of the document, above)"
        : DatePattern().IsMatch(text) ? FhirDate.Parse(text)!.Text : text;

    private static string? Structure(JsonElement value)
    {
        if (Has(value, "coding", "text"))
        {
            return Concept(value);
        }

        if (Has(value, "system", "code", "display", "version", "userSelected") && value.Child("code") is not null)
        {
            return Coding(value);
        }

        if (Has(value, "value", "comparator", "unit", "system", "code") && value.Child("value")?.ValueKind == JsonValueKind.Number)
        {
            string number = value.Child("value")!.Value.GetRawText();
            return $"{value.Text("comparator")}{number} {value.Text("unit") ?? value.Text("code")}".TrimEnd();
        }

        if (Has(value, "low", "high"))
        {
            return $"{Part(value, "low") ?? "any"} to {Part(value, "high") ?? "any"}";
        }

        if (Has(value, "numerator", "denominator"))
        {
            return $"{Part(value, "numerator")} / {Part(value, "denominator")}";
        }

        if (Has(value, "start", "end"))
        {
            return (FhirDate.Parse(value.Text("start"))?.Text, FhirDate.Parse(value.Text("end"))?.Text) switch
            {
                (null, var end) => $"until {end}",
                (var start, null) => $"from {start}",
                (var start, var end) => $"{start} to {end}",
            };
        }

        if (Has(value, "reference", "display", "identifier", "type"))
        {
            return value.Text("display") ?? value.Child("identifier")?.Text("value") ?? value.Text("reference");
        }

        if (Has(value, "use", "text", "family", "given", "prefix", "suffix", "period")
            && (value.Child("family") ?? value.Child("given")) is not null)
        {
            return NameText.Of(value);
        }

        if (Has(value, "use", "type", "text", "line", "city", "district", "state", "postalCode", "country", "period"))
        {
            return AddressText.Of(value);
        }

        if (Has(value, "system", "value", "use", "type", "period", "assigner", "rank"))
        {
            return $"{value.Text("value")} ({CodeText.System(value.Text("system"))}{(value.Text("use") is { } use ? $", {use}" : "")})";
        }

        return null;
    }

    private static string Concept(JsonElement concept)
    {
        string codes = string.Join("; ", concept.List("coding").Select(Coding));
        string? text = concept.Text("text");
        return text is null ? codes
            : codes.Length == 0 ? text
            : concept.List("coding").Any(coding => coding.Text("display") == text) ? codes
            : $"{text} – {codes}";
    }

    private static string Coding(JsonElement coding)
    {
        string code = $"{CodeText.System(coding.Text("system"))} {coding.Text("code")}".TrimEnd();
        return coding.Text("display") is { } display ? $"{display} [{code}]" : code;
    }

    private static string? Part(JsonElement value, string name) => value.Child(name) is { } part ? Structure(part) : null;

    /// <summary>True where the object has no other elements than these.</summary>
    private static bool Has(JsonElement value, params ReadOnlySpan<string> only)
    {
        bool any = false;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!only.Contains(property.Name))
            {
                return false;
            }

            any = true;
        }

        return any;
    }

    // A date or dateTime, not a number that happens to have four digits.
    [GeneratedRegex(@"^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?$")]
    private static partial Regex DatePattern();
}
