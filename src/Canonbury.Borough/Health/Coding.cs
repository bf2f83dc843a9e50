namespace Canonbury.Borough.Health;

/// <summary>A code with its words. SNOMED CT and LOINC where the concept is certain, otherwise a code of our own.</summary>
public sealed record Coding(string System, string Code, string Words)
{
    public const string SnomedCt = "http://snomed.info/sct";
    public const string Loinc = "http://loinc.org";
    public const string Local = "https://borough.example/CodeSystem/clinical";

    public static Coding Snomed(string code, string words) => new(SnomedCt, code, words);

    public static Coding Own(string code, string words) => new(Local, code, words);

    /// <summary>HL7 v2 table 0396: the name of the coding system in a CE field.</summary>
    public string Hl7System => System switch { SnomedCt => "SCT", Loinc => "LN", _ => "L" };
}
