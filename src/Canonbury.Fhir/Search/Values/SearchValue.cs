namespace Canonbury.Fhir.Search.Values;

/// <summary>One value under which a resource is found, in the form that its kind of parameter compares. https://hl7.org/fhir/R4/search.html#ptypes</summary>
public abstract record SearchValue
{
    private SearchValue()
    {
    }

    /// <param name="System">Null where the source names none.</param>
    /// <param name="Code">Null for a concept that is only text.</param>
    /// <param name="Text">Its display or text, for <c>:text</c>; null in stored values.</param>
    /// <param name="IdentifierType">The codings of <c>Identifier.type</c>, for <c>:of-type</c>; null in stored values.</param>
    public sealed record Token(
        string? System, string? Code, string? Text = null, IReadOnlyList<(string? System, string? Code)>? IdentifierType = null) : SearchValue;

    /// <param name="Original">As the source wrote it.</param>
    public sealed record Words(string Original) : SearchValue;

    public sealed record Date(DateRange Range) : SearchValue;

    /// <summary>A number, or the quantities that a range spans; null is open.</summary>
    /// <param name="Unit">The unit as text, where it has one beside its code.</param>
    public sealed record Quantity(decimal? Low, decimal? High, string? System, string? Code, string? Unit) : SearchValue;

    /// <summary>A literal reference.</summary>
    /// <param name="Base">The server of an absolute reference; null for one here.</param>
    /// <param name="Id">With <paramref name="Type"/>, the target; null where the reference is another URI.</param>
    public sealed record Reference(string? Base, string? Type, string? Id, string? Version) : SearchValue;

    /// <summary>A logical reference: the identifier of its target.</summary>
    public sealed record Logical(string? System, string? Value) : SearchValue;

    /// <summary>A URI, a canonical with its version included.</summary>
    public sealed record Uri(string Text) : SearchValue;

    /// <summary>One tuple of a composite: the values of each component.</summary>
    public sealed record Tuple(IReadOnlyList<IReadOnlyList<SearchValue>> Components) : SearchValue;
}
