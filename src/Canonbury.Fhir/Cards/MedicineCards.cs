using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Cards of medicines: prescribed, stated, dispensed and given. The text is the dose as the source wrote it.</summary>
internal static class MedicineCards
{
    public static Card Of(MedicationRequest request) => Named(request, request.Medication) with
    {
        Status = Concepts.Literal(request.StatusElement),
        When = Moments.Literal(request.AuthoredOnElement) ?? Moments.Start(request.DispenseRequest?.ValidityPeriod),
        Until = Moments.End(request.DispenseRequest?.ValidityPeriod),
        Recorded = Moments.Literal(request.AuthoredOnElement),
        Author = Actors.Name(request, request.Requester, request.Recorder),
        Text = Concepts.Join(request.DosageInstruction.Select(Doses.Words)),
        PartOf = Actors.Relative(request.Encounter),
        SearchText = Concepts.Join(["prescription", Concepts.Words(request.ReasonCode), .. request.Note.Select(n => n.Text)]),
    };

    public static Card Of(MedicationStatement statement) => Named(statement, statement.Medication) with
    {
        Status = Concepts.Literal(statement.StatusElement),
        When = Moments.Start(statement.Effective),
        Until = Moments.End(statement.Effective),
        Recorded = Moments.Literal(statement.DateAssertedElement),
        Author = Actors.Name(statement, statement.InformationSource),
        Text = Concepts.Join(statement.Dosage.Select(Doses.Words)),
        PartOf = Actors.Relative(statement.Context),
        SearchText = Concepts.Join([Concepts.Words(statement.ReasonCode), .. statement.Note.Select(n => n.Text)]),
    };

    public static Card Of(MedicationDispense dispense) => Named(dispense, dispense.Medication) with
    {
        Status = Concepts.Literal(dispense.StatusElement),
        When = Moments.Literal(dispense.WhenHandedOverElement) ?? Moments.Literal(dispense.WhenPreparedElement),
        Author = Actors.Name(dispense, dispense.Performer.Select(p => p.Actor)),
        Place = Actors.Name(dispense, dispense.Location),
        Text = Concepts.Join([Values.Words(dispense.Quantity), .. dispense.DosageInstruction.Select(Doses.Words)]),
        PartOf = Actors.Relative(dispense.AuthorizingPrescription.FirstOrDefault()) ?? Actors.Relative(dispense.Context),
        SearchText = "dispensed",
    };

    public static Card Of(MedicationAdministration given) => Named(given, given.Medication) with
    {
        Status = Concepts.Literal(given.StatusElement),
        When = Moments.Start(given.Effective),
        Until = Moments.End(given.Effective),
        Author = Actors.Name(given, given.Performer.Select(p => p.Actor)),
        Text = Concepts.Text(given.Dosage?.Text)
            ?? Concepts.Join([Values.Words(given.Dosage?.Dose), Values.Words(given.Dosage?.Rate), Concepts.Words(given.Dosage?.Route)]),
        PartOf = Actors.Relative(given.Request) ?? Actors.Relative(given.Context),
        SearchText = "administered",
    };

    private static Card Named(Resource owner, DataType? medicine) => medicine switch
    {
        CodeableConcept concept => Concepts.Card(Section.Medicines, "Medicine", concept),
        ResourceReference reference when Actors.Contained(owner, reference) is Medication contained =>
            Concepts.Card(Section.Medicines, "Medicine", [contained.Code, .. contained.Ingredient.Select(i => i.Item as CodeableConcept)]),
        ResourceReference reference => new Card { Section = Section.Medicines, Title = Concepts.Text(reference.Display) ?? "Medicine" },
        _ => new Card { Section = Section.Medicines, Title = "Medicine" },
    };
}
