using System.Globalization;

namespace Canonbury.Translate.FhirPush;

/// <summary>The version of a resource as an entity tag, <c>W/"3"</c>. https://hl7.org/fhir/R4/http.html#concurrency</summary>
public static class EntityTag
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");

    /// <summary>The version of a tag, weak or strong; null where it is absent or no version of ours.</summary>
    public static int? Version(string? tag)
    {
        ReadOnlySpan<char> text = tag.AsSpan().Trim();
        text = text.StartsWith("W/") ? text[2..] : text;
        return text is ['"', .. var number, '"'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            ? version
            : null;
    }
}
