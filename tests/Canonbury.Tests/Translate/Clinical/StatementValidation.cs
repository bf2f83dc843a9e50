using System.Text.Json;
using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>
/// Whether what a message says makes resources that the SDK takes back with its validation on (cardinality, types, required codes).
/// Partial statements about one resource are laid together first, because each alone may leave out what another says.
/// </summary>
internal static class StatementValidation
{
    private static readonly JsonSerializerOptions Validating = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    public static IEnumerable<string> Problems(Translation translation)
    {
        IEnumerable<ResourceStatement> statements = translation.Statements.Where(statement => statement.Mode != StatementMode.Delete);
        foreach (IGrouping<(string, string), ResourceStatement> group in statements.GroupBy(
            statement => (statement.Content.TypeName, statement.Content.Id ?? "")))
        {
            Resource whole = Laid(group);
            string json = JsonSerializer.Serialize(whole, Validating);
            string? problem = null;
            try
            {
                JsonSerializer.Deserialize<Resource>(json, Validating);
            }
            catch (DeserializationFailedException refused)
            {
                problem = $"{group.Key.Item1}: {refused.Message}";
            }

            if (problem is not null)
            {
                yield return problem;
            }
        }
    }

    /// <summary>The oldest statement first; a later one replaces the elements that it has.</summary>
    private static Resource Laid(IEnumerable<ResourceStatement> statements)
    {
        ResourceStatement[] ordered = [.. statements.OrderBy(statement => statement.Stamp?.At ?? DateTimeOffset.MaxValue)];
        Resource whole = (Resource)ordered[0].Content.DeepCopy();
        foreach (ResourceStatement statement in ordered.Skip(1))
        {
            foreach ((string name, object value) in statement.Content.EnumerateElements())
            {
                whole.SetValue(name, value);
            }
        }

        return whole;
    }
}
