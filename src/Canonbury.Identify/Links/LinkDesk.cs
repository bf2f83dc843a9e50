using Canonbury.Database;
using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Matching;
using Canonbury.Identify.Patients;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;

namespace Canonbury.Identify.Links;

/// <summary>
/// Whose record is it? Decides, in the transaction that writes the patient, which person a patient is. The row of an NHS number's claim is the
/// lock: two processes that meet the same new person at the same instant come to one person.
/// </summary>
public sealed class LinkDesk(IOptions<IdentifyOptions> options)
{
    /// <summary>What <see cref="Settle"/> will lock for these patients, as the committer wants to know it.</summary>
    public static IReadOnlyList<long> LocksOf(IEnumerable<Patient> patients) =>
        [.. patients.Select(PatientFacts.NumberOf).Select(found => found.Number).OfType<string>().Select(number => Claims.LockOf(NhsNumber.System, number))];

    /// <summary>Brings matching fields, search rows and links in step with patients that changed.</summary>
    public void Settle(Session session, IReadOnlyList<PatientState> patients, DateTimeOffset now)
    {
        List<(PatientState Patient, PatientFacts Facts)> undecided = [];
        foreach (PatientState patient in patients)
        {
            PatientFacts facts = PatientFacts.Of(patient.Content, patient.IdsKept ? patient.Source : null);
            PatientFacts? before = PatientTable.Read(session, patient.Patient).Single;
            PatientTable.Write(session, patient.Patient, patient.Source, before, facts);
            if (before is null || !before.SameIdentity(facts))
            {
                undecided.Add((patient, facts));
            }
        }

        // A patient that goes on under another follows it, so the other is decided first.
        foreach ((PatientState patient, PatientFacts facts) in undecided.OrderBy(one => one.Facts.ReplacedBy is null ? 0 : 1))
        {
            Decide(session, patient, facts, now);
        }
    }

    private void Decide(Session session, PatientState patient, PatientFacts facts, DateTimeOffset now)
    {
        CurrentLink? current = LinkRows.Current(session, patient.Patient).Single;
        NewLink next = facts.ReplacedBy is { } survivor && Follow(session, survivor, facts, now) is { } followed
            ? followed
            : facts.NhsNumber is { } number ? ByNumber(session, patient, facts, number, current, now)
            : Own(current, now, "No NHS number that passes its check");
        LinkRows.Write(session, patient, current, next, now);
        if (current is not null && current.Person != next.Person)
        {
            MoveFollowers(session, patient, current.Person, now);
        }
    }

    /// <summary>The source says that it goes on under another patient (A40): the person is that patient's, unless the two conflict.</summary>
    private static NewLink? Follow(Session session, PatientId survivor, PatientFacts facts, DateTimeOffset now)
    {
        Answer<CurrentLink> link = LinkRows.Current(session, survivor);
        Answer<PatientFacts> other = PatientTable.Read(session, survivor);
        if (link.Single is not { } target || other.Single is not { } surviving)
        {
            return null;
        }

        bool conflict = facts.NhsVerified && surviving.NhsVerified && facts.NhsNumber != surviving.NhsNumber;
        return conflict
            ? new NewLink(NewPerson(now), LinkStates.Quarantined, "conflict", null, "The source merges two patients with different verified NHS numbers", [survivor])
            : new NewLink(target.Person, target.State, "source-merge", null, "The source goes on under another patient", [survivor]);
    }

    private NewLink ByNumber(Session session, PatientState patient, PatientFacts facts, string number, CurrentLink? current, DateTimeOffset now)
    {
        PersonId mine = current?.Person ?? NewPerson(now);
        if (current is not null && LivesWithOthers(session, patient.Patient, mine, number))
        {
            mine = NewPerson(now);
        }

        if (Claims.TryClaim(session, NhsNumber.System, number, mine))
        {
            return new NewLink(mine, LinkStates.Linked, "first", null, "The first patient with this NHS number", []);
        }

        PersonId holder = Claims.Holder(session, NhsNumber.System, number);
        List<(PatientId Id, PatientFacts Facts)> others = [.. Others(session, patient.Patient, holder)];
        MatchDecision decision = Match(facts, holder, others);
        PersonId apart = holder == mine ? NewPerson(now) : mine;
        switch (decision)
        {
            case MatchDecision.SamePerson same:
                return new NewLink(holder, LinkStates.Linked, facts.NhsVerified ? "verified" : "strong", same.Score, same.Reason, [.. others.Select(other => other.Id)]);
            case MatchDecision.PossiblyOneOf possible:
                return new NewLink(apart, LinkStates.Review, "possible", possible.Score, possible.Reason, [.. others.Select(other => other.Id)]);
            case MatchDecision.Conflict when facts.NhsVerified && others.TrueForAll(other => !other.Facts.NhsVerified):
                // Whoever has the number traced is its person; those who only wrote it down keep a person of their own.
                Claims.Move(session, NhsNumber.System, number, apart);
                return new NewLink(apart, LinkStates.Linked, "first", null, "The first patient with this NHS number verified", []);
            case MatchDecision.Conflict conflict:
                return new NewLink(apart, LinkStates.Quarantined, "conflict", conflict.Score, conflict.Reason, [.. others.Select(other => other.Id)]);
            default:
                return new NewLink(holder, LinkStates.Linked, "first", null, decision.Reason, []);
        }
    }

    /// <summary>The decision about a patient and the person that its NHS number stands for. Pure.</summary>
    private MatchDecision Match(PatientFacts facts, PersonId holder, List<(PatientId Id, PatientFacts Facts)> others)
    {
        if (others.Count == 0)
        {
            return new MatchDecision.NewPerson("The only patient with this NHS number");
        }

        // The worst agreement counts: a link to one is a link to all of them.
        IdentityAgreement worst = others.Select(other => IdentityAgreement.Of(facts, other.Facts)).MinBy(agreement => agreement.Score)!;
        return worst.Score >= options.Value.LinkFrom ? new MatchDecision.SamePerson(holder, worst.Score, worst.Reason)
            : worst.Score >= options.Value.ReviewFrom ? new MatchDecision.PossiblyOneOf(holder, worst.Score, worst.Reason)
            : new MatchDecision.Conflict(holder, worst.Score, worst.Reason);
    }

    private static NewLink Own(CurrentLink? current, DateTimeOffset now, string reason) =>
        new(current?.Person ?? NewPerson(now), current?.State ?? LinkStates.Linked, "own", null, reason, []);

    /// <summary>True where the person has other patients with another NHS number: one whose number changed then leaves alone.</summary>
    private static bool LivesWithOthers(Session session, PatientId patient, PersonId person, string number) =>
        Others(session, patient, person).Any(other => other.Facts.NhsNumber is { } theirs && theirs != number && other.Facts.ReplacedBy != patient);

    private static IEnumerable<(PatientId Id, PatientFacts Facts)> Others(Session session, PatientId patient, PersonId person)
    {
        (PatientId Id, Answer<PatientFacts> Facts)[] rows = [.. LinkRows.PatientsOf(session, person).Rows
            .Where(other => other != patient)
            .Select(other => (other, PatientTable.Read(session, other)))];
        return rows.Where(row => row.Facts.Rows.Count > 0).Select(row => (row.Id, row.Facts.Rows[0]));
    }

    private void MoveFollowers(Session session, PatientState leader, PersonId from, DateTimeOffset now)
    {
        foreach ((PatientId id, PatientFacts facts) in Others(session, leader.Patient, from).Where(other => other.Facts.ReplacedBy == leader.Patient).ToList())
        {
            Decide(session, leader with { Patient = id }, facts, now);
        }
    }

    private static PersonId NewPerson(DateTimeOffset now) => new(Guid.CreateVersion7(now));
}
