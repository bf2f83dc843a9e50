using Canonbury.Database;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Search.Terms;
using Canonbury.Fhir.Types;
using Canonbury.Record.Reading;

namespace Canonbury.Record.Search;

/// <summary>
/// The patients that a search names: a search by patient is about the person, so it covers every patient linked to the same one, unless it says
/// otherwise (design, section 4).
/// </summary>
internal sealed class PatientScope(Session session, SearchRooms rooms, bool linked)
{
    private readonly Dictionary<string, IReadOnlySet<string>> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<PatientId>> owners = new(StringComparer.Ordinal);

    /// <summary>The condition with the linked patients beside those that it names.</summary>
    public Criterion Expand(string type, Criterion criterion)
    {
        if (!linked || SearchScope.PatientIds(type, [criterion]) is not { Count: > 0 })
        {
            return criterion;
        }

        return criterion switch
        {
            CompartmentPredicate compartment => compartment with { Ids = WithLinked(compartment.Ids) },
            ValuePredicate value => value with { Terms = [.. value.Terms.Select(Expand)] },
            _ => criterion,
        };
    }

    /// <summary>The patients whose rows hold every match; null where the conditions do not say.</summary>
    public IReadOnlyList<PatientId>? Named(string type, IEnumerable<Criterion> criteria) =>
        SearchScope.PatientIds(type, criteria) is { } ids ? [.. ids.SelectMany(PatientsOf).Distinct()] : null;

    private SearchTerm Expand(SearchTerm term) => term switch
    {
        ReferenceTerm reference => reference with { Ids = [.. WithLinked(reference.Ids)] },
        TargetsTerm targets => new TargetsTerm(WithLinked(targets.Targets.Select(target => target.Id)).Select(id => ("Patient", id)).ToHashSet()),
        _ => term,
    };

    private HashSet<string> WithLinked(IEnumerable<string> ids) => [.. ids.SelectMany(id => Linked(id).Append(id))];

    private IReadOnlySet<string> Linked(string id)
    {
        if (!known.TryGetValue(id, out IReadOnlySet<string>? linkedIds))
        {
            IReadOnlyList<PatientId> own = PatientsOf(id);
            PatientId[] others = [.. own.SelectMany(patient => rooms.LinkedTo(patient)).Except(own)];
            known[id] = linkedIds = others.Length == 0 ? new HashSet<string>() : FhirIds(others);
        }

        return linkedIds;
    }

    /// <summary>
    /// Whose rows hold what refers to a patient of that id: the patient's own where it is here; else those of a patient that was referred to and never sent.
    /// </summary>
    private IReadOnlyList<PatientId> PatientsOf(string id)
    {
        if (!owners.TryGetValue(id, out IReadOnlyList<PatientId>? found))
        {
            owners[id] = found = FindPatients(id);
        }

        return found;
    }

    private List<PatientId> FindPatients(string id) => PatientRows.Locate(session, ResourceKey.Of("Patient", id)).Rows is [(PatientId owner, _)]
        ? [owner]
        : [.. rooms.Keeping().Select(source => PatientId.Of(source, id)), .. Guid.TryParseExact(id, "D", out Guid key) ? new[] { new PatientId(key) } : []];

    private HashSet<string> FhirIds(PatientId[] patients)
    {
        Answer<string>[] answers = [.. patients.Select(patient => session.Ask(
            "SELECT id, fhir_id FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3",
            row => row.TextOrNull(1) ?? row.Id(0).ToString("D"), patient.Bucket, patient.Value, ResourceTypes.NumberOf("Patient")))];
        return [.. answers.SelectMany(answer => answer.Rows)];
    }
}
