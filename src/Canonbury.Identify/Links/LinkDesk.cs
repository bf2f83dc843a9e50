using Canonbury.Database;
using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Patients;
using Microsoft.Extensions.Options;

namespace Canonbury.Identify.Links;

/// <summary>
/// Whose record is it? Decides, in the transaction that writes the patient, which person a patient is. The row of an NHS number's claim is the
/// lock: two processes that meet the same new person at the same instant come to one person.
/// </summary>
public sealed class LinkDesk(IOptions<IdentifyOptions> options)
{
    /// <summary>
    /// What <see cref="Settle"/> will lock for these patients, as the committer wants to know it: the numbers, old and new, of those whose identity changes.
    /// </summary>
    public static IReadOnlyList<long> LocksOf(Session session, IReadOnlyList<PatientState> patients)
    {
        (PatientFacts After, Answer<PatientFacts> Before)[] all =
            [.. patients.Select(patient => (FactsOf(patient), PatientTable.Read(session, patient.Patient)))];
        return [.. all
            .Where(one => one.Before.Single is not { } before || !before.SameIdentity(one.After))
            .SelectMany(one => new[] { one.Before.Single?.NhsNumber, one.After.NhsNumber })
            .OfType<string>()
            .Distinct()
            .Select(number => Claims.LockOf(NhsNumber.System, number))];
    }

    /// <summary>Brings matching fields, search rows and links in step with patients that changed.</summary>
    public void Settle(Session session, IReadOnlyList<PatientState> patients, DateTimeOffset now)
    {
        (PatientState State, Answer<PatientFacts> Before)[] known = [.. patients.Select(patient => (patient, PatientTable.Read(session, patient.Patient)))];
        Dictionary<PatientId, PatientFacts?> changed = [];
        foreach ((PatientState state, Answer<PatientFacts> answer) in known)
        {
            PatientFacts facts = FactsOf(state);
            PatientFacts? before = answer.Single;
            PatientTable.Write(session, state.Patient, state.Source, before, facts);
            if (before is null || !before.SameIdentity(facts))
            {
                changed[state.Patient] = before;
            }
        }

        if (changed.Count > 0)
        {
            new Settlement(session, options.Value, patients.ToDictionary(patient => patient.Patient, patient => patient.Position), now).Run(changed);
        }
    }

    private static PatientFacts FactsOf(PatientState state) => PatientFacts.Of(state.Content, state.Patient, state.Source);
}
