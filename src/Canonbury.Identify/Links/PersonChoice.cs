using Canonbury.Database;
using Canonbury.Fhir.Ids;

namespace Canonbury.Identify.Links;

/// <summary>
/// Which person patients become that are one person: as far as it can be, who they were. Nobody becomes a person that somebody else was, for
/// what was written about a person (who read it, and why) would then be about another.
/// </summary>
internal sealed class PersonChoice(Session session, DateTimeOffset now)
{
    private readonly HashSet<PatientId> moving = [];
    private readonly HashSet<PersonId> made = [];

    /// <summary>A person that nobody has been.</summary>
    public PersonId New()
    {
        PersonId person = new(Guid.CreateVersion7(now));
        made.Add(person);
        return person;
    }

    /// <summary>Patients that are still to be decided in this transaction: where they are now does not bind the others.</summary>
    public void AreMoving(IEnumerable<PatientId> patients) => moving.UnionWith(patients);

    public void AreSettled(IEnumerable<PatientId> patients) => moving.ExceptWith(patients);

    /// <param name="holder">The person that their NHS number stood for; null where they are not whom it stands for.</param>
    /// <param name="taken">Given to others with their number already.</param>
    public PersonId Of(IReadOnlyList<MergedPatients> together, PersonId? holder, IReadOnlySet<PersonId> taken)
    {
        HashSet<PatientId> own = [.. together.SelectMany(unit => unit.All).Select(patient => patient.Patient)];
        List<PersonId> theirs = [.. together.SelectMany(unit => unit.All).Select(patient => patient.Link?.Person).OfType<PersonId>().Distinct()];
        foreach (PersonId person in theirs.OrderByDescending(person => person == holder).Where(person => !taken.Contains(person)))
        {
            if (LinkRows.PatientsOf(session, person).TrueForAll(patient => own.Contains(patient) || moving.Contains(patient)))
            {
                return person;
            }
        }

        return holder is { } unused && !theirs.Contains(unused) && (made.Contains(unused) || LinkRows.PatientsOf(session, unused).Count == 0) ? unused : New();
    }

    /// <summary>The person that only this unit is, or a new one.</summary>
    public PersonId Alone(MergedPatients unit, IReadOnlySet<PersonId>? taken = null)
    {
        HashSet<PatientId> own = [.. unit.All.Select(patient => patient.Patient)];
        return unit.Leader.Link is { } link && taken?.Contains(link.Person) != true && LinkRows.PatientsOf(session, link.Person).TrueForAll(own.Contains)
            ? link.Person
            : New();
    }
}
