using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Organisations, named by identifier and display (map XON[Organization]).</summary>
public static class Xon
{
    /// <summary>Null when there is neither name nor id.</summary>
    public static ResourceReference? ToReference(Repetition xon, Draft draft)
    {
        string? name = xon[1].Text;
        string? id = xon[10].Text ?? xon[3].Text;
        if (name is null && id is null)
        {
            return null;
        }

        return new ResourceReference
        {
            Type = "Organization",
            Display = name ?? id,
            Identifier = id is null ? null : new Identifier(SystemOf(id, xon, draft), id),
        };
    }

    public static ResourceReference? ToReference(Field field, Draft draft) => ToReference(field.First, draft);

    private static string SystemOf(string id, Repetition xon, Draft draft) => !xon[6].IsValued && !xon[7].IsValued && IsPracticeCode(id)
        ? SourceSystems.OdsCode
        : SourceSystems.Of(xon[6], draft.Source, xon[7].Text ?? "organization");

    /// <summary>The ODS code of a general practice (a letter and five digits) is known by its form where no authority is named.</summary>
    private static bool IsPracticeCode(string id) =>
        id.Length == 6 && char.IsAsciiLetterUpper(id[0]) && !id.AsSpan(1).ContainsAnyExceptInRange('0', '9');
}
