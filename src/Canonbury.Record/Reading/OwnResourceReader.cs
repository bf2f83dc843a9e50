using Canonbury.Database;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;

namespace Canonbury.Record.Reading;

/// <summary>Reads single resources for system clients, as their source sent them.</summary>
public sealed class OwnResourceReader(RecordDatabase database, FindStanding standingOf)
{
    /// <summary>One version, the newest where none is named; null where the grant shows none.</summary>
    public OwnResource? Read(AccessGrant grant, string type, string id, int? version)
    {
        Sight sight = new(grant, standingOf);
        ResourceKey key = ResourceKey.Of(type, id);
        using Session session = database.Open();
        if (PatientRows.Locate(session, key).Rows is not [(PatientId owner, SourceId source)] || !sight.Shows(source, owner, type)
            || PatientRows.Newest(session, owner, key, type, id).Rows is not [OwnResource newest])
        {
            return null;
        }

        // What is hidden now is hidden in all its versions, its deletion too.
        OwnResource? live = newest.Deleted && sight.HidesSome ? LastLive(session, owner, key, type, id) : newest;
        if (live is null || sight.Of(live, source) is not { } shown)
        {
            return null;
        }

        return version is null ? newest.Deleted ? newest : shown
            : version == newest.Version ? sight.Of(newest, source)
            : Earlier(session, owner, key, type, id, version.Value) is { } earlier ? sight.Of(earlier, source)
            : null;
    }

    /// <summary>The newest version that is no deletion; null where there is none.</summary>
    internal static OwnResource? LastLive(Session session, PatientId owner, ResourceKey key, string type, string id) =>
        All(session, owner, key, type, id).Where(version => !version.Deleted).MaxBy(version => version.Version);

    /// <summary>Every version; those of a resource whose subject changed stand with the patient that it was about then.</summary>
    internal static IEnumerable<OwnResource> All(Session session, PatientId owner, ResourceKey key, string type, string id) =>
        PatientRows.FormerOwners(session, owner, key).Prepend(owner).SelectMany(
            patient => PatientRows.Versions(session, patient, key).Rows,
            (patient, one) => new OwnResource(type, id, patient, one.Version, one.ReceivedAt, one.Deleted, one.Json));

    private static OwnResource? Earlier(Session session, PatientId owner, ResourceKey key, string type, string id, int version) =>
        All(session, owner, key, type, id).FirstOrDefault(one => one.Version == version);
}
