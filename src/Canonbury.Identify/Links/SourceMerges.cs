using Canonbury.Database;
using Canonbury.Database.Leases;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Patients;

namespace Canonbury.Identify.Links;

/// <summary>A patient and those whose source lets them go on under it: they are one person, whatever their numbers.</summary>
/// <param name="IsHeldBack">True where the source merges the leader into a patient that it cannot be.</param>
internal sealed record MergedPatients(KnownPatient Leader, IReadOnlyList<KnownPatient> Followers, bool IsHeldBack)
{
    public IEnumerable<KnownPatient> All => Followers.Prepend(Leader);
}

/// <summary>
/// What sources say about patients that go on under others (A40, FHIR Patient.link replaced-by): a chain of such patients is decided by the
/// patient at its end.
/// </summary>
internal sealed class SourceMerges(Session session)
{
    /// <summary>Longer chains and more followers are not believed.</summary>
    private const int Most = 100;

    /// <summary>The patient with those that share its fate, and those that a merge would mix with it.</summary>
    public IEnumerable<MergedPatients> Around(KnownPatient patient)
    {
        KnownPatient leader = LeaderOf(patient);
        yield return new MergedPatients(leader, FollowersOf(leader), IsConflict(leader));
        foreach (KnownPatient apart in PatientTable.Followers(session, patient.Patient).Rows.Where(IsConflict))
        {
            yield return new MergedPatients(apart, FollowersOf(apart), true);
        }
    }

    /// <summary>
    /// The patient at the end of the chain. The buckets on the way are locked, so that it is not decided anew at this moment without the patient that
    /// has just come to follow it.
    /// </summary>
    private KnownPatient LeaderOf(KnownPatient patient)
    {
        List<KnownPatient> chain = [patient];
        while (chain.Count < Most && Survivor(chain[^1]) is { } next && !Conflict(chain[^1], next))
        {
            int again = chain.FindIndex(known => known.Patient == next.Patient);
            if (again >= 0)
            {
                // A into B and B into A: whichever message came last, they are one.
                return chain[again..].MinBy(known => known.Patient.Value)!;
            }

            chain.Add(next);
        }

        return chain[^1];
    }

    /// <summary>Everyone whose chain ends with this patient.</summary>
    private List<KnownPatient> FollowersOf(KnownPatient leader)
    {
        List<KnownPatient> found = [];
        Queue<PatientId> ahead = new([leader.Patient]);
        while (ahead.TryDequeue(out PatientId patient) && found.Count < Most)
        {
            foreach (KnownPatient follower in PatientTable.Followers(session, patient).Rows)
            {
                if (follower.Patient != leader.Patient && !found.Exists(known => known.Patient == follower.Patient) && !IsConflict(follower))
                {
                    found.Add(follower);
                    ahead.Enqueue(follower.Patient);
                }
            }
        }

        return found;
    }

    /// <summary>True where the source merges two patients with different verified NHS numbers.</summary>
    private bool IsConflict(KnownPatient patient) => Survivor(patient) is { } survivor && Conflict(patient, survivor);

    private KnownPatient? Survivor(KnownPatient patient)
    {
        if (patient.Facts.ReplacedBy is not { } other || other == patient.Patient)
        {
            return null;
        }

        BucketRow.Lock(session, other.Bucket);
        return PatientTable.Find(session, other).Single;
    }

    private static bool Conflict(KnownPatient patient, KnownPatient survivor) =>
        patient.Facts.NhsVerified && survivor.Facts.NhsVerified && patient.Facts.NhsNumber != survivor.Facts.NhsNumber;
}
