using Canonbury.Fhir.Statements;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// What FHIR demands and a thin message leaves out. It is stated with the oldest stamp there is, so that it holds only until any message,
/// earlier
/// or later, says something, and never replaces what one has said.
/// </summary>
internal static class FallbackStatements
{
    private static readonly Stamp Oldest = new(DateTimeOffset.UnixEpoch, "");

    public static void StateUntilKnown(Resource content, Draft draft) =>
        draft.State(new ResourceStatement { Content = content, Mode = StatementMode.Elements, Owner = draft.Patient, Stamp = Oldest });
}
