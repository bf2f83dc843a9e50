using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Types;
using Canonbury.Record.Reading;
using Hl7.Fhir.Model;

namespace Canonbury.Record.Search;

/// <summary>One row that a search looks at: the newest version of a resource, still wrapped.</summary>
internal sealed class Candidate
{
    public const string Columns = "r.bucket, r.patient, r.type, r.id, r.fhir_id, r.source, r.version, r.received_at, r.search, r.content";

    private readonly byte[] content;
    private readonly byte[]? masked;

    private Candidate(Candidate like, byte[] masked)
    {
        Key = like.Key;
        FhirId = like.FhirId;
        Source = like.Source;
        Version = like.Version;
        ReceivedAt = like.ReceivedAt;
        content = like.content;
        this.masked = masked;
        Values = ResourceValues.Of(Type, FhirId, null, () => Parse(masked));
    }

    private Candidate(Row row)
    {
        Key = new RowKey(row.Int(0), row.Id(1), row.Int(2), row.Id(3));
        FhirId = row.TextOrNull(4) ?? Key.Id.ToString("D");
        Source = new SourceId(row.Text(5));
        Version = row.Int(6);
        ReceivedAt = row.Time(7);
        content = row.Bytes(9);
        Values = ResourceValues.Of(Type, FhirId, row.BytesOrNull(8), () => Parse(Json));
    }

    public RowKey Key { get; }

    public string FhirId { get; }

    public string Type => ResourceTypes.NameOf(Key.Type);

    public PatientId Owner => new(Key.Patient);

    public SourceId Source { get; }

    public int Version { get; }

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>What predicates look at.</summary>
    public ResourceValues Values { get; }

    public (string Type, string Id) Name => (Type, FhirId);

    /// <summary>UTF-8, unwrapped when it is asked for.</summary>
    public byte[] Json => masked ?? Envelope.Unwrap(content);

    public static Candidate Read(Row row) => new(row);

    /// <summary>Null where the stored values rule the row out, before anything of it is copied.</summary>
    public static Candidate? Read(Row row, IReadOnlyList<ValuePredicate> filter)
    {
        if (!row.IsNull(8))
        {
            ReadOnlySpan<byte> index = row.Span(8);
            for (int i = 0; i < filter.Count; i++)
            {
                if (!filter[i].CanMatch(index))
                {
                    return null;
                }
            }
        }

        return new Candidate(row);
    }

    /// <summary>The same as someone sees it who may not see where the person is.</summary>
    public Candidate Masked() => new(this, AddressMask.Apply(Envelope.Unwrap(content)));

    public OwnResource ToResource() => new(Type, FhirId, Owner, Version, ReceivedAt, Deleted: false, Json);

    private static Resource Parse(byte[] json) =>
        FhirJson.ParseStored(json).Resource ?? throw new InvalidDataException("A stored resource cannot be read.");
}

/// <summary>The place of a row in the store: the order in which a search gives what nobody asked to sort.</summary>
public readonly record struct RowKey(int Bucket, Guid Patient, int Type, Guid Id)
{
    public static int Compare(RowKey one, RowKey other)
    {
        int order = one.Bucket.CompareTo(other.Bucket);
        order = order != 0 ? order : Compare(one.Patient, other.Patient);
        order = order != 0 ? order : one.Type.CompareTo(other.Type);
        return order != 0 ? order : Compare(one.Id, other.Id);
    }

    // As both databases order them: byte by byte.
    private static int Compare(Guid one, Guid other)
    {
        Span<byte> first = stackalloc byte[16];
        Span<byte> second = stackalloc byte[16];
        one.TryWriteBytes(first, bigEndian: true, out _);
        other.TryWriteBytes(second, bigEndian: true, out _);
        return first.SequenceCompareTo(second);
    }
}
