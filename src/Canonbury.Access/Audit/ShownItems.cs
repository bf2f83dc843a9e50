using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;
using Canonbury.Record.Reading;

namespace Canonbury.Access.Audit;

/// <summary>
/// What leaves under a grant: the items one by one where they are few; else how many of each type, with the commit position of each
/// patient, from which the same view can be made again (design, section 4: as at).
/// </summary>
public sealed record ShownItems
{
    /// <summary>Above this number of items, counts and positions say what was shown.</summary>
    public const int MostItems = 50;

    /// <summary>Nothing was found, or nothing may be seen.</summary>
    public static readonly ShownItems Nothing = new();

    public IReadOnlyList<PatientId> Patients { get; init; } = [];

    public IReadOnlyList<ShownItem> Items { get; init; } = [];

    /// <summary>Resource type to number of items.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new SortedDictionary<string, int>();

    public IReadOnlyList<ShownPosition> Positions { get; init; } = [];

    /// <summary>A whole record, or the part of it that <paramref name="items"/> are.</summary>
    public static ShownItems Of(IReadOnlyList<LinkedPatient> patients, IReadOnlyList<RecordItem> items) => new()
    {
        Patients = [.. patients.Select(patient => patient.Id).Union(items.Select(item => item.Patient))],
        Items = items.Count > MostItems ? [] : [.. items.Select(item => new ShownItem(item.Type, item.FhirId, item.Version))],
        Counts = CountsOf(items.Select(item => item.Type)),
        Positions = [.. items.GroupBy(item => item.Patient).Select(of => new ShownPosition(of.Key, of.Max(item => item.Position)))],
    };

    /// <summary>One item with its versions.</summary>
    public static ShownItems Of(ItemDetail detail) => Of([], [detail.Item]) with
    {
        Items = [.. detail.Versions.Take(MostItems).Select(version => new ShownItem(detail.Item.Type, detail.Item.FhirId, version.Version))],
    };

    /// <summary>The people that a search found.</summary>
    public static ShownItems Of(IReadOnlyList<PersonHit> hits) => new()
    {
        Patients = [.. hits.SelectMany(hit => hit.Patients).Distinct()],
        Counts = CountsOf(hits.Select(_ => "Person")),
    };

    private static SortedDictionary<string, int> CountsOf(IEnumerable<string> types) =>
        new(types.CountBy(type => type).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}

public sealed record ShownItem(string Type, string Id, int Version);

/// <summary>The newest commit position that was shown of one patient.</summary>
public sealed record ShownPosition(PatientId Patient, long Position);
