namespace Canonbury.Borough.People;

/// <summary>An invented GP practice with a code of the shape of ODS codes.</summary>
public sealed record Practice(string Code, string Name, string Postcode, IReadOnlyList<Clinician> Doctors);

/// <summary>An invented professional.</summary>
/// <param name="Code">The code in the system that employs them.</param>
public sealed record Clinician(string Code, string Title, string Given, string Family)
{
    public string FullName => $"{Title} {Given} {Family}";
}
