using Canonbury.Database;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Types;

namespace Canonbury.Record.Reading;

/// <summary>The patients that are linked to a person now; the links belong to Identify.</summary>
public delegate ValueTask<IReadOnlyList<PatientId>> PatientsOfPerson(PersonId person, CancellationToken cancellation);

/// <summary>What was received about these patients and cannot be shown yet; the inbox and the quarantine know.</summary>
public delegate ValueTask<IReadOnlyList<NotYetUsable>> FindNotYetUsable(IReadOnlyList<PatientId> patients, CancellationToken cancellation);

/// <summary>
/// Reads one person's record: the rows of the patients that are linked to the person. Opening it parses no resource but the patients, and its
/// cost does not grow with the number of people.
/// </summary>
public sealed class RecordReader(RecordDatabase database, PatientsOfPerson patientsOf, FindNotYetUsable notYetUsable)
{
    /// <summary>Everything that the grant shows; null where there is no such person.</summary>
    /// <exception cref="ArgumentException">The grant is not for one person: a bug of the caller.</exception>
    public async ValueTask<PersonRecord?> ReadAsync(AccessGrant grant, CancellationToken cancellation)
    {
        PersonId person = PersonOf(grant);
        IReadOnlyList<PatientId> patients = await patientsOf(person, cancellation);
        if (patients.Count == 0)
        {
            return null;
        }

        IReadOnlyList<NotYetUsable> waiting = await notYetUsable(patients, cancellation);
        return Read(grant, person, patients, waiting);
    }

    /// <summary>One item with its versions; null where the person has no such item, it was deleted, or the grant does not show it.</summary>
    public async ValueTask<ItemDetail?> ReadItemAsync(AccessGrant grant, string type, string id, CancellationToken cancellation)
    {
        if (!ResourceTypes.Contains(type))
        {
            return null;
        }

        IReadOnlyList<PatientId> patients = await patientsOf(PersonOf(grant), cancellation);
        ResourceKey key = ResourceKey.Of(type, id);
        using Session session = database.Open();
        if (PatientRows.Locate(session, key).Rows is not [(PatientId owner, _)] || !IsAbout(session, patients, owner, key)
            || PatientRows.One(session, owner, key).Rows is not [(RecordItem item, byte[] json)] || !Shows(grant, item))
        {
            return null;
        }

        bool isMasked = IsRestricted(session, patients, PatientsRows(session, patients));
        if (isMasked && AddressMask.Withholds(type))
        {
            return null;
        }

        IEnumerable<ItemVersion> versions = PatientRows.Versions(session, owner, key).Rows
            .Where(version => version.Deleted || Shows(grant, version, patients.Contains(owner) ? null : (item.Source, patients)));
        return new ItemDetail(
            isMasked ? item with { Card = item.Card.WithoutPlaces() } : item,
            isMasked ? AddressMask.Apply(json) : json,
            [.. versions.Select(version => isMasked ? version with { Json = AddressMask.Apply(version.Json.Span) } : version)]);
    }

    private PersonRecord Read(AccessGrant grant, PersonId person, IReadOnlyList<PatientId> patients, IReadOnlyList<NotYetUsable> waiting)
    {
        using Session session = database.Open();
        Answer<LinkedPatient>[] linked = [.. patients.Select(patient => PatientRows.Patient(session, patient))];
        Answer<RecordItem>[] own = [.. patients.Select(patient => PatientRows.Items(session, patient))];
        Answer<RecordItem>[] mentioned = [.. patients.Select(patient => PatientRows.Mentioned(session, patient))];
        Answer<int>[] deleted = [.. patients.Select(patient => PatientRows.Deleted(session, patient))];
        List<LinkedPatient> shown = [.. linked.SelectMany(answer => answer.Rows)];
        bool isMasked = IsRestricted(session, patients, shown);
        if (isMasked)
        {
            shown = [.. shown.Select(patient => patient with { Json = AddressMask.Apply(patient.Json.Span) })];
        }

        // A resource about two patients of this person is one item.
        HashSet<(string Type, string Id)>? seen = mentioned.Any(answer => answer.Rows.Count > 0) ? [] : null;
        List<RecordItem> items = new(own.Sum(answer => answer.Rows.Count));
        int withdrawn = 0;
        foreach (RecordItem item in own.Concat(mentioned).SelectMany(answer => answer.Rows))
        {
            if (Shows(grant, item) && !(isMasked && AddressMask.Withholds(item.Type)) && (seen is null || seen.Add((item.Type, item.FhirId))))
            {
                withdrawn += item.Card.Withdrawn ? 1 : 0;
                if (!item.Card.Withdrawn)
                {
                    items.Add(isMasked ? item with { Card = item.Card.WithoutPlaces() } : item);
                }
            }
        }

        // A deleted resource no longer tells its section, and a count must not tell of sections that are withheld (hazard 13).
        int gone = grant.Sections is null ? deleted.Sum(answer => answer.Single) : 0;
        return new PersonRecord(person, shown, items, waiting, withdrawn + gone);
    }

    /// <summary>
    /// True where one of the patients carries a label that restricts: then all are masked (design, rule 3). A patient that its source deleted was
    /// restricted by what it last said.
    /// </summary>
    private static bool IsRestricted(Session session, IReadOnlyList<PatientId> patients, List<LinkedPatient> there) =>
        there.Exists(patient => AddressMask.IsRestricted(patient.Json.Span))
        || patients.Except(there.Select(patient => patient.Id)).Any(gone =>
            PatientRows.LastPatient(session, gone).Rows is [byte[] last] && AddressMask.IsRestricted(last));

    private static List<LinkedPatient> PatientsRows(Session session, IReadOnlyList<PatientId> patients) =>
        [.. patients.Select(patient => PatientRows.Patient(session, patient)).ToList().SelectMany(answer => answer.Rows)];

    private static bool IsAbout(Session session, IReadOnlyList<PatientId> patients, PatientId owner, ResourceKey key) =>
        patients.Contains(owner) || patients.Any(patient => PatientRows.IsMentioned(session, patient, key).Rows.Count > 0);

    private static bool Shows(AccessGrant grant, RecordItem item) => grant.Sections is not { } sections || sections.Contains(item.Card.Section);

    /// <summary>
    /// Whether an earlier version may be seen: it may have stood in another section, and one of another patient's resource may have been about that
    /// patient alone.
    /// </summary>
    private static bool Shows(AccessGrant grant, ItemVersion version, (SourceId Source, IReadOnlyList<PatientId> Patients)? mentioned)
    {
        if (grant.Sections is null && mentioned is null)
        {
            return true;
        }

        return FhirJson.ParseStored(version.Json.ToArray()).Resource is { } resource
            && (grant.Sections is not { } sections || sections.Contains(CardExtractor.Extract(resource).Section))
            && (mentioned is not var (source, patients) || PatientCompartment.References(resource)
                .Any(reference => patients.Any(patient => Names(reference.Reference, source, patient))));
    }

    private static bool Names(string? reference, SourceId source, PatientId patient) => reference?.Split('/') is ["Patient", var id, ..]
        && (id == patient.ToString() || PatientId.Of(source, id) == patient);

    private static PersonId PersonOf(AccessGrant grant) => grant is { Scope: GrantScope.Person, Person: { } person }
        ? person
        : throw new ArgumentException($"A grant of scope {grant.Scope} does not allow reading a person's record.", nameof(grant));
}
