using Canonbury.Fhir.Search.Values;

namespace Canonbury.Fhir.Search.Terms;

/// <summary>One value that was searched for: a pure test of one value that a resource has. Commas in a query make several, of which one must hold.</summary>
public abstract record SearchTerm
{
    /// <summary>True where the test needs what stored values leave out.</summary>
    public virtual bool NeedsResource => false;

    public abstract bool Matches(SearchValue value);
}

/// <summary>The prefixes of ordered values. https://hl7.org/fhir/R4/search.html#prefix</summary>
public enum Prefix
{
    Eq,
    Ne,
    Gt,
    Lt,
    Ge,
    Le,
    Sa,
    Eb,
    Ap,
}
