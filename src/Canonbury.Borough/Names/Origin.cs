namespace Canonbury.Borough.Names;

/// <summary>Where a family's names come from, with what follows from it.</summary>
/// <param name="Name">Such as <c>Bangladeshi</c>.</param>
/// <param name="Weight">How many of a thousand households.</param>
/// <param name="Category">NHS data dictionary, ETHNIC CATEGORY.</param>
/// <param name="Language">BCP 47 tag of the language that some of them prefer.</param>
public sealed record Origin(
    string Name, int Weight, string Category, string Language, IReadOnlyList<string> Female, IReadOnlyList<string> Male, IReadOnlyList<string> Family)
{
    /// <summary>Type 2 diabetes starts earlier and is more common in people of South Asian and of Black origin.</summary>
    public bool HigherDiabetesRisk => Category is "H" or "J" or "K" or "L" or "M" or "N";
}
