namespace Canonbury.Fhir.Ids;

/// <summary>Names one human being: the set of patients that links name. Made by the application (UUIDv7), never derived from an NHS number.</summary>
public readonly record struct PersonId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}
