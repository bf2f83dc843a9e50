using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>
/// Professionals, named by identifier and display (maps XCN[Practitioner], CNN and NDL): a logical reference, so that a message about a
/// patient never
/// writes a resource that all patients share.
/// </summary>
public static class Xcn
{
    /// <summary>Null when there is neither id nor name.</summary>
    public static ResourceReference? ToReference(Repetition xcn, Draft draft)
    {
        string? name = ToText(xcn);
        string? id = xcn[1].Text;
        if (name is null && id is null)
        {
            return null;
        }

        return new ResourceReference
        {
            Type = "Practitioner",
            Display = name ?? id,
            Identifier = id is null ? null : new Identifier(SystemOf(xcn, draft), id),
        };
    }

    public static ResourceReference? ToReference(Field field, Draft draft) => ToReference(field.First, draft);

    /// <summary>Prefix, given names, family, suffix; null when no name is given.</summary>
    public static string? ToText(Repetition xcn) =>
        Xpn.Joined(xcn[6].Text, xcn[3].Text, xcn[4].Text, xcn[2].Text, xcn[5].Text, xcn[7].Text);

    private static string SystemOf(Repetition xcn, Draft draft)
    {
        // The register is named by the authority (GMC, GMP), by XCN-8 (source table) or by XCN-13 (type), as senders please.
        string? named = xcn[9].Sub(1) ?? xcn[13].Text ?? xcn[8].Text;
        return SourceSystems.Of(named, xcn[9].Sub(2), xcn[9].Sub(3), draft.Source, "practitioner");
    }
}
