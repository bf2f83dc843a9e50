using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>
/// Reads the business identifiers of any resource in the form of a token search: <c>system|value</c>, and <c>value</c> alone.
/// </summary>
internal static class SentIdentifiers
{
    public static IEnumerable<string> Of(Resource resource)
    {
        IEnumerable<Identifier> identifiers = resource.TryGetValue("identifier", out object? value)
            ? value switch { Identifier one => [one], IEnumerable<Identifier> many => many, _ => [] }
            : [];
        return identifiers
            .Where(i => !string.IsNullOrEmpty(i.Value))
            .SelectMany(i => i.System is null ? new[] { i.Value!, "|" + i.Value } : [i.Value!, $"{i.System}|{i.Value}"])
            .Distinct(StringComparer.Ordinal);
    }
}
