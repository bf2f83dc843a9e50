using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>The card of a procedure. https://hl7.org/fhir/R4/procedure.html</summary>
internal static class ProcedureCard
{
    public static Card Of(Procedure procedure) => Concepts.Card(Section.Procedures, "Procedure", procedure.Code, procedure.Category) with
    {
        Status = Concepts.Literal(procedure.StatusElement),
        When = Moments.Start(procedure.Performed),
        Until = Moments.End(procedure.Performed),
        Author = Actors.Name(procedure, [.. procedure.Performer.Select(p => p.Actor), procedure.Asserter, procedure.Recorder]),
        Place = Actors.Name(procedure, procedure.Location),
        Text = Concepts.Join([Concepts.Words(procedure.Outcome), Moments.Words(procedure.Performed),
            .. procedure.Note.Select(n => n.Text)]),
        PartOf = Actors.Relative(procedure.Encounter) ?? Actors.Relative(procedure.PartOf.FirstOrDefault()),
        SearchText = Concepts.Join([Concepts.Words(procedure.BodySite), Concepts.Words(procedure.ReasonCode)]),
    };
}
