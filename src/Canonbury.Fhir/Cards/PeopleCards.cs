using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Cards of people: the source's patient, and relatives and other contacts.</summary>
internal static class PeopleCards
{
    public static Card Of(Patient patient) => new()
    {
        Section = Section.Demographics,
        Title = Actors.Line(patient.Name.Find(n => n.Use is HumanName.NameUse.Official or HumanName.NameUse.Usual)
            ?? patient.Name.FirstOrDefault())
            ?? "Patient",
        When = Moments.Literal(patient.BirthDateElement),
        Until = Moments.Start(patient.Deceased),
        Place = Actors.Name(patient, patient.ManagingOrganization),
        Author = Actors.Names(patient, patient.GeneralPractitioner),
    };

    public static Card Of(RelatedPerson person) => new()
    {
        Section = Section.Contacts,
        Title = Actors.Line(person.Name.FirstOrDefault()) ?? Concepts.Words(person.Relationship) ?? "Contact",
        Status = person.Active switch { true => "active", false => "inactive", null => null },
        When = Moments.Start(person.Period),
        Until = Moments.End(person.Period),
        Text = Concepts.Words(person.Relationship),
        SearchText = string.Join(' ', person.Telecom.Select(t => t.Value)),
    };
}
