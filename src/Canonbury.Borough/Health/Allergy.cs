namespace Canonbury.Borough.Health;

/// <summary>What a person reacts to.</summary>
/// <param name="Category">FHIR R4 allergy-intolerance-category.</param>
public sealed record Allergy(Coding Code, string Category, string Reaction, bool Severe)
{
    public static IReadOnlyList<Allergy> Common { get; } =
    [
        new(Coding.Snomed("91936005", "Allergy to penicillin"), "medication", "Widespread rash", false),
        new(Coding.Snomed("91936005", "Allergy to penicillin"), "medication", "Anaphylaxis", true),
        new(Coding.Snomed("294505008", "Allergy to amoxicillin"), "medication", "Rash", false),
        new(Coding.Snomed("293586001", "Allergy to aspirin"), "medication", "Wheeze", true),
        new(Coding.Snomed("91935009", "Allergy to peanuts"), "food", "Anaphylaxis", true),
        new(Coding.Snomed("91930004", "Allergy to egg"), "food", "Hives", false),
        new(Coding.Own("allergy-latex", "Allergy to latex"), "environment", "Contact rash", false),
        new(Coding.Own("allergy-trimethoprim", "Allergy to trimethoprim"), "medication", "Vomiting and rash", false),
    ];

    public bool ForbidsPenicillin => Code.Code is "91936005" or "294505008";
}
