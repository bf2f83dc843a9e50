using Canonbury.Fhir.Ids;
using Canonbury.Identify.Links;
using Canonbury.Identify.Patients;

namespace Canonbury.Identify.Matching;

/// <summary>Patients that are one person.</summary>
/// <param name="State">How they stand to the person of the NHS number: linked (they are it), or in review (they may be).</param>
internal sealed record PersonGroup(string State, List<(KnownPatient Patient, MatchDecision Decision)> Members);

/// <summary>What becomes of all patients with one NHS number.</summary>
/// <param name="People">The first is the person that the number stands for.</param>
/// <param name="HeldBack">They conflict with that person.</param>
internal sealed record NumberGroup(List<PersonGroup> People, List<(KnownPatient Patient, MatchDecision Decision)> HeldBack)
{
    /// <summary>
    /// Decides anew about all patients with one NHS number whenever one of them changes, so that it matters little who came first: whoever has the
    /// number traced goes before those who only wrote it down, and what has been linked before what is new. Pure.
    /// </summary>
    /// <param name="holder">The person that the number stood for until now.</param>
    public static NumberGroup Of(IEnumerable<KnownPatient> patients, PersonId holder, IdentifyOptions thresholds)
    {
        NumberGroup group = new([], []);
        foreach (KnownPatient patient in patients
            .OrderByDescending(patient => patient.Facts.NhsVerified)
            .ThenBy(patient => patient.IsChanged)
            .ThenByDescending(patient => patient.Link is { State: LinkStates.Linked } link && link.Person == holder)
            .ThenBy(patient => patient.Link?.BegunAt ?? DateTimeOffset.MaxValue)
            .ThenBy(patient => patient.Patient.Value))
        {
            group.Take(patient, thresholds);
        }

        return group;
    }

    private void Take(KnownPatient patient, IdentifyOptions thresholds)
    {
        if (People.Count == 0)
        {
            People.Add(new PersonGroup(LinkStates.Linked, [(patient, new MatchDecision.NewPerson("The first patient with this NHS number"))]));
            return;
        }

        MatchDecision decision = Decide(patient, People[0], thresholds);
        if (decision is MatchDecision.Conflict)
        {
            HeldBack.Add((patient, decision));
        }
        else if (decision is MatchDecision.SamePerson)
        {
            People[0].Members.Add((patient, decision));
        }
        else if (People.Skip(1).FirstOrDefault(other => Decide(patient, other, thresholds) is MatchDecision.SamePerson) is { } same)
        {
            same.Members.Add((patient, decision));
        }
        else
        {
            People.Add(new PersonGroup(LinkStates.Review, [(patient, decision)]));
        }
    }

    /// <summary>The worst agreement counts: a link to one is a link to all of them.</summary>
    private static MatchDecision Decide(KnownPatient patient, PersonGroup person, IdentifyOptions thresholds)
    {
        IdentityAgreement worst = person.Members.Select(member => IdentityAgreement.Of(patient.Facts, member.Patient.Facts)).MinBy(agreement => agreement.Score)!;
        return worst.Score >= thresholds.LinkFrom ? new MatchDecision.SamePerson(worst.Score, worst.Reason)
            : worst.Score >= thresholds.ReviewFrom ? new MatchDecision.PossiblyOneOf(worst.Score, worst.Reason)
            : new MatchDecision.Conflict(worst.Score, worst.Reason);
    }
}
