namespace Canonbury.Fhir.Ids;

/// <summary>Names one source: a short lower-case code such as <c>gp-emis</c>, unique in an installation and never reused.</summary>
public readonly record struct SourceId(string Value)
{
    public override string ToString() => Value;
}
