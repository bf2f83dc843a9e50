using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>An organisation that stands in a coded field (OBX-15, RXA-17; published map CWE[Organization]).</summary>
internal static class CodedOrganisation
{
    public static ResourceReference? Read(Repetition value, Draft draft)
    {
        string? id = value[1].Text;
        string? name = value[2].Text ?? value[9].Text ?? id;
        return name is null ? null : new ResourceReference
        {
            Type = "Organization",
            Display = name,
            Identifier = id is null ? null : new Identifier(CodingSystems.Of(draft.Source, value[3].Text), id),
        };
    }
}
