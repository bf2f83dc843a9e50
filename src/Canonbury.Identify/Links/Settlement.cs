using Canonbury.Database;
using Canonbury.Database.Leases;
using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Matching;
using Canonbury.Identify.Patients;

namespace Canonbury.Identify.Links;

/// <summary>
/// Decides again about patients that changed, in one transaction: about everyone with an NHS number that one of them has or had, and about
/// whoever follows them.
/// </summary>
/// <param name="positions">The commit positions of the patients that are being written.</param>
internal sealed class Settlement(Session session, IdentifyOptions thresholds, IReadOnlyDictionary<PatientId, long> positions, DateTimeOffset now)
{
    /// <summary>A number that more patients have is nobody's: a dummy that a source fills in.</summary>
    private const int MaxGroup = 64;

    private readonly SourceMerges merges = new(session);
    private readonly PersonChoice people = new(session, now);
    private readonly List<MergedPatients> units = [];

    /// <param name="changed">Those whose matching fields are not what they were, with what they were.</param>
    public void Run(IReadOnlyDictionary<PatientId, PatientFacts?> changed)
    {
        Gather(changed.Keys);
        IEnumerable<string?> numbers = changed.Values.Select(before => before?.NhsNumber)
            .Concat(units.SelectMany(unit => unit.All).Select(patient => patient.Facts.NhsNumber));
        people.AreMoving(units.SelectMany(unit => unit.All).Select(patient => patient.Patient));

        // In one order in every transaction, so that two seldom wait for each other.
        foreach (string number in numbers.OfType<string>().Distinct().Order(StringComparer.Ordinal))
        {
            SettleNumber(number);
        }

        foreach (MergedPatients unit in units.Where(unit => unit.Leader.Facts.NhsNumber is null || unit.IsHeldBack))
        {
            SettleAlone(unit);
        }
    }

    /// <summary>The patients with those that share their fate.</summary>
    private void Gather(IEnumerable<PatientId> patients)
    {
        (Answer<KnownPatient> Row, Answer<KnownPatient> Followers)[] known =
            [.. patients.Select(patient => (PatientTable.Find(session, patient), PatientTable.Followers(session, patient)))];
        foreach ((Answer<KnownPatient> row, Answer<KnownPatient> followers) in known)
        {
            Add(row.Rows[0] with { IsChanged = true }, followers);
        }
    }

    private void Add(KnownPatient patient, Answer<KnownPatient> followers)
    {
        IEnumerable<MergedPatients> around =
            patient.Facts.ReplacedBy is null && followers.Rows.Count == 0 ? [new MergedPatients(patient, [], false)] : merges.Around(patient);
        foreach (MergedPatients unit in around)
        {
            if (!units.Exists(other => other.Leader.Patient == unit.Leader.Patient))
            {
                units.Add(unit);
            }
        }
    }

    private void SettleNumber(string number)
    {
        PersonId mine = units.Select(unit => unit.Leader).FirstOrDefault(leader => leader.Facts.NhsNumber == number)?.Link?.Person ?? people.New();
        Answer<PersonId> claim = Claims.Lock(session, NhsNumber.System, number, mine);
        Answer<KnownPatient> found = PatientTable.WithNumber(session, number, MaxGroup + 1);
        PersonId holder = claim.Rows[0];
        if (found.Rows.Count > MaxGroup)
        {
            foreach (MergedPatients unit in units.Where(unit => unit.Leader.Facts.NhsNumber == number && !unit.IsHeldBack))
            {
                Write(unit, new NewLink(people.Alone(unit), LinkStates.Review, "own", null, "Too many patients have this NHS number", []));
            }

            return;
        }

        Join(found.Rows);
        List<MergedPatients> members = [.. units.Where(unit => unit.Leader.Facts.NhsNumber == number && !unit.IsHeldBack)];
        Assign(number, holder, NumberGroup.Of(members.Select(unit => unit.Leader), holder, thresholds), members);
    }

    /// <summary>Those that did not change themselves are decided again with the others of their number.</summary>
    private void Join(IReadOnlyList<KnownPatient> patients)
    {
        (KnownPatient Patient, Answer<KnownPatient> Followers)[] standing = [.. patients
            .Where(patient => !units.Exists(unit => unit.All.Any(other => other.Patient == patient.Patient)))
            .Select(patient => (patient, PatientTable.Followers(session, patient.Patient)))];
        foreach ((KnownPatient patient, Answer<KnownPatient> followers) in standing)
        {
            // One that follows another is decided by that one's number.
            if (patient.Facts.ReplacedBy is null || merges.Around(patient).First().Leader.Patient == patient.Patient)
            {
                Add(patient, followers);
            }
        }
    }

    private void Assign(string number, PersonId holder, NumberGroup group, List<MergedPatients> members)
    {
        people.AreMoving(members.SelectMany(unit => unit.All).Select(patient => patient.Patient));
        HashSet<PersonId> taken = [];
        PersonId? stands = null;
        foreach (PersonGroup together in group.People)
        {
            List<MergedPatients> theirs = [.. together.Members.Select(member => UnitOf(member.Patient, members))];
            PersonId person = people.Of(theirs, stands is null ? holder : null, taken);
            taken.Add(person);
            stands ??= person;
            PatientId[] all = [.. together.Members.Select(member => member.Patient.Patient)];
            foreach ((KnownPatient patient, MatchDecision decision) in together.Members)
            {
                Write(UnitOf(patient, members), LinkOf(decision, person, together.State, patient, [.. all.Where(other => other != patient.Patient)]));
            }
        }

        foreach ((KnownPatient patient, MatchDecision decision) in group.HeldBack)
        {
            MergedPatients unit = UnitOf(patient, members);
            PatientId[] against = [.. group.People[0].Members.Select(member => member.Patient.Patient)];
            Write(unit, LinkOf(decision, people.Alone(unit, taken), LinkStates.Quarantined, patient, against));
        }

        // A number that nobody has any more stands for nobody: whoever gets it next must not become who had it.
        if ((stands ?? people.New()) is var next && next != holder)
        {
            Claims.Move(session, NhsNumber.System, number, next);
        }
    }

    private static NewLink LinkOf(MatchDecision decision, PersonId person, string state, KnownPatient patient, IReadOnlyList<PatientId> supports) => decision switch
    {
        MatchDecision.SamePerson same => new(person, state, patient.Facts.NhsVerified ? "verified" : "strong", same.Score, same.Reason, supports),
        MatchDecision.PossiblyOneOf possible => new(person, state, "possible", possible.Score, possible.Reason, supports),
        MatchDecision.Conflict conflict => new(person, state, "conflict", conflict.Score, conflict.Reason, supports),
        _ => new(person, state, "first", null, decision.Reason, supports),
    };

    private void SettleAlone(MergedPatients unit) => Write(unit, unit.IsHeldBack
        ? new NewLink(
            people.Alone(unit), LinkStates.Quarantined, "conflict", null, "The source merges two patients with different verified NHS numbers",
            unit.Leader.Facts.ReplacedBy is { } survivor ? [survivor] : [])
        : new NewLink(people.Alone(unit), LinkStates.Linked, "own", null, "No NHS number that passes its check", []));

    private void Write(MergedPatients unit, NewLink next)
    {
        people.AreSettled(unit.All.Select(patient => patient.Patient));
        Write(unit.Leader, next);
        foreach (KnownPatient follower in unit.Followers)
        {
            Write(follower, next with { Grade = "source-merge", Score = null, Reason = "The source goes on under another patient", Supports = [unit.Leader.Patient] });
        }
    }

    private void Write(KnownPatient patient, NewLink next)
    {
        if (patient.Link?.Person != next.Person || patient.Link.State != next.State)
        {
            long position = positions.TryGetValue(patient.Patient, out long mine) ? mine : BucketRow.Read(session, patient.Patient.Bucket).Single.Position;
            LinkRows.Write(session, patient, next, position, now);
        }
    }

    private static MergedPatients UnitOf(KnownPatient leader, List<MergedPatients> members) => members.Find(unit => unit.Leader.Patient == leader.Patient)!;
}
