using System.Collections.Frozen;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>The NHS Data Dictionary's ETHNIC CATEGORY CODE, as the UK Core extension (code system UKCore-EthnicCategoryEngland).</summary>
internal static class EthnicCategories
{
    public const string Url = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory";

    public const string System = "https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland";

    private static readonly FrozenDictionary<string, string> Displays = new Dictionary<string, string>
    {
        ["A"] = "White - British",
        ["B"] = "White - Irish",
        ["C"] = "White - Any other White background",
        ["D"] = "Mixed - White and Black Caribbean",
        ["E"] = "Mixed - White and Black African",
        ["F"] = "Mixed - White and Asian",
        ["G"] = "Mixed - Any other mixed background",
        ["H"] = "Asian or Asian British - Indian",
        ["J"] = "Asian or Asian British - Pakistani",
        ["K"] = "Asian or Asian British - Bangladeshi",
        ["L"] = "Asian or Asian British - Any other Asian background",
        ["M"] = "Black or Black British - Caribbean",
        ["N"] = "Black or Black British - African",
        ["P"] = "Black or Black British - Any other Black background",
        ["R"] = "Other Ethnic Groups - Chinese",
        ["S"] = "Other Ethnic Groups - Any other ethnic group",
        ["Z"] = "Not stated",
        ["99"] = "Not known",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(Field field) => field.Text is { } code && Displays.ContainsKey(code) && !IsForeign(field);

    /// <summary>The code in the UK's system with the source's words as text; a code of another table keeps its own system.</summary>
    public static Extension? ToExtension(Field field, Draft draft)
    {
        CodeableConcept? concept = Cwe.ToConcept(field, draft);
        if (concept is null)
        {
            return null;
        }

        if (IsKnown(field))
        {
            string code = field.Text!;
            concept.Coding.RemoveAll(coding => coding.Code == code);
            concept.Coding.Insert(0, new Coding(System, code, Displays[code]));
            concept.Text = field[2].Text;
        }

        return new Extension(Url, concept);
    }

    /// <summary>HL7's own tables 0005 (race) and 0189 (ethnic group) use some of the same letters.</summary>
    private static bool IsForeign(Field field) => field[3].Text is { } system
        && (system.EndsWith("0005", StringComparison.Ordinal) || system.EndsWith("0189", StringComparison.Ordinal)
            || system.StartsWith("CDC", StringComparison.Ordinal));
}
