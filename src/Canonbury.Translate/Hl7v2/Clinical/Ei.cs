using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>Identifiers of orders, results, appointments and documents (published map EI[Identifier-Extension]).</summary>
internal static class Ei
{
    /// <param name="type">A code of table 0203: PLAC for the placer's number, FILL for the filler's; null where none fits.</param>
    public static Identifier? ToIdentifier(Repetition ei, string? type, Draft draft)
    {
        if (ei[1].Text is not { } value)
        {
            return null;
        }

        Identifier identifier = new(SourceSystems.Of(ei[2].Text, ei[3].Text, ei[4].Text, draft.Source, "number"), value);
        if (type is not null)
        {
            identifier.Type = new CodeableConcept(Cwe.Table("0203"), type);
        }

        return identifier;
    }

    public static void AddTo(List<Identifier> identifiers, Field preferred, Field otherwise, string type, Draft draft)
    {
        if ((ToIdentifier(preferred.First, type, draft) ?? ToIdentifier(otherwise.First, type, draft)) is { } identifier)
        {
            identifiers.Add(identifier);
        }
    }
}
