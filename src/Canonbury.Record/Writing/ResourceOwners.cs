using Canonbury.Database;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;

namespace Canonbury.Record.Writing;

/// <summary>Says whose resources are, for the translation of what their own source sends. It gives ids only, and so needs no grant.</summary>
public sealed class ResourceOwners(RecordDatabase database)
{
    /// <summary>Of the final references (<c>Type/id</c>), those that this source has, deleted ones too, each with its owner.</summary>
    public IReadOnlyDictionary<string, PatientId> Find(SourceId source, IReadOnlySet<string> references)
    {
        using Session session = database.Open();
        (string Reference, Answer<(PatientId Owner, SourceId Source)> Place)[] places =
            [.. references.Select(reference => (reference, PatientRows.Locate(session, KeyOf(reference))))];
        return places
            .Where(place => place.Place.Rows is [(_, SourceId owner)] && owner == source)
            .ToDictionary(place => place.Reference, place => place.Place.Rows[0].Owner, StringComparer.Ordinal);
    }

    private static ResourceKey KeyOf(string reference)
    {
        int slash = reference.IndexOf('/', StringComparison.Ordinal);
        return ResourceKey.Of(reference[..slash], reference[(slash + 1)..]);
    }
}
