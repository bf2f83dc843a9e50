using Canonbury.Fhir.Statements;
using Canonbury.Record.Folding;
using Hl7.Fhir.Model;

namespace Canonbury.Tests.Record.Folding;

/// <summary>
/// What the design says that statements mean, told the slow way: they are applied one after the other in the order in which the source said them,
/// and nothing has to be remembered.
/// </summary>
internal sealed class FoldingModel
{
    private readonly Dictionary<string, string> elements = new(StringComparer.Ordinal);
    private bool deleted;

    public static string Of(IEnumerable<Said> sayings)
    {
        FoldingModel model = new();
        foreach (Said said in sayings.OrderBy(said => said.Stamp))
        {
            model.Apply(said.Statement);
        }

        return model.ToString();
    }

    /// <summary>The same words for what folding made.</summary>
    public static string Of(FoldedContent content)
    {
        FoldingModel model = new() { deleted = content.State.IsDeleted };
        model.State(content.Build());
        return model.ToString();
    }

    public override string ToString() =>
        $"{(deleted ? "deleted" : "there")} {string.Join("; ", elements.Where(element => IsSeen(element.Key)).OrderBy(element => element.Key, StringComparer.Ordinal).Select(element => $"{element.Key}={element.Value}"))}";

    /// <summary>That a number was traced is seen only with the number.</summary>
    private bool IsSeen(string key) => key.Split('|') is not [var number, var value]
        || (elements.TryGetValue(number, out string? numbers) && numbers.Contains("value|" + value, StringComparison.Ordinal));

    private void Apply(ResourceStatement statement)
    {
        if (statement.Mode != StatementMode.Elements)
        {
            elements.Clear();
            deleted = statement.Mode == StatementMode.Delete;
        }

        foreach (string cleared in statement.Cleared)
        {
            elements.Remove(cleared);
            foreach (string slice in elements.Keys.Where(key => key.Split('/')[0] == cleared).ToList())
            {
                elements.Remove(slice);
            }

            deleted = false;
        }

        if (statement.Mode != StatementMode.Delete)
        {
            State(statement.Content);
        }
    }

    private void State(Resource content)
    {
        foreach ((string key, IReadOnlyList<Base> items) in StatementKeys.Of((Resource)content.DeepCopy()))
        {
            elements[key] = string.Join(",", items.Select(item => string.Join('|', Leaves(item))));
            deleted = false;
        }
    }

    private static IEnumerable<string> Leaves(Base item) => item is PrimitiveType primitive
        ? [$"{primitive.JsonValue}"]
        : item.EnumerateElements().SelectMany(child => child.Value is IEnumerable<Base> many
            ? many.SelectMany(Leaves).Prepend(child.Key)
            : Leaves((Base)child.Value).Prepend(child.Key));
}
