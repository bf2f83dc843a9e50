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
            Identifier = id is null ? null : new Identifier(SourceSystems.Of(xon[6], draft.Source, xon[7].Text ?? "organization"), id),
        };
    }

    public static ResourceReference? ToReference(Field field, Draft draft) => ToReference(field.First, draft);
}
