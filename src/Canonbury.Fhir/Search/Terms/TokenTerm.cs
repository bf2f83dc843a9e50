using Canonbury.Fhir.Search.Values;
using Canonbury.Fhir.Text;

namespace Canonbury.Fhir.Search.Terms;

/// <summary>
/// A code, with its system or without. Codes compare without regard to case, since what is found too much does less harm than what is missed.
/// https://hl7.org/fhir/R4/search.html#token
/// </summary>
/// <param name="AnySystem">True for <c>[code]</c>; else <paramref name="System"/> must be the same, null for <c>|[code]</c>.</param>
/// <param name="Code">Null for <c>[system]|</c>: any code of the system.</param>
public sealed record TokenTerm(bool AnySystem, string? System, string? Code) : SearchTerm
{
    public override bool Matches(SearchValue value) => value is SearchValue.Token token
        && (AnySystem || Same(token.System))
        && (Code is null ? token.Code is not null : string.Equals(token.Code, Code, StringComparison.OrdinalIgnoreCase));

    // R4 gives booleans no system to speak of: |true finds them, too.
    private bool Same(string? system) => system == System || (System is null && system == ValueReader.SpecialValues);
}

/// <summary><c>:text</c>: the words beside a code begin with it.</summary>
/// <param name="Folded">Folded as <see cref="Folding"/> does.</param>
public sealed record TokenTextTerm(string Folded) : SearchTerm
{
    public override bool NeedsResource => true;

    public override bool Matches(SearchValue value) =>
        value is SearchValue.Token { Text: { } text } && Folding.Fold(text).StartsWith(Folded, StringComparison.Ordinal);
}

/// <summary><c>:of-type</c>: an identifier by its type and its value. https://hl7.org/fhir/R4/search.html#token</summary>
public sealed record IdentifierTypeTerm(string System, string Code, string Value) : SearchTerm
{
    public override bool NeedsResource => true;

    public override bool Matches(SearchValue value) => value is SearchValue.Token { IdentifierType: { } types } identifier
        && string.Equals(identifier.Code, Value, StringComparison.OrdinalIgnoreCase)
        && types.Any(type => type.System == System && type.Code == Code);
}

/// <summary><c>:in</c>, resolved: one of these codes, each with its system, or any of these systems.</summary>
public sealed record CodesTerm(IReadOnlySet<(string? System, string Code)> Codes, IReadOnlySet<string> Systems) : SearchTerm
{
    public override bool Matches(SearchValue value) => value is SearchValue.Token { Code: { } code } token
        && (Codes.Contains((token.System, code)) || (token.System is { } system && Systems.Contains(system)));
}
