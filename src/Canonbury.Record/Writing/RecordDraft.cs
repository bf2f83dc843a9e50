using System.Globalization;
using Canonbury.Database;
using Canonbury.Database.Leases;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;

namespace Canonbury.Record.Writing;

/// <summary>
/// Statements of one or more messages, folded into the resources that they are about, before anything is written. Reading and folding need
/// no transaction: <see cref="IsCurrent"/> says under the locks of its buckets whether what was read is still so.
/// </summary>
public sealed class RecordDraft
{
    private readonly Dictionary<ResourceKey, DraftedResource> resources = [];
    private readonly List<DraftedResource> left = [];
    private readonly SortedDictionary<int, (long Position, long Epoch)> buckets = [];
    private readonly Dictionary<int, long> epochs = [];

    /// <summary>The buckets that the draft writes or depends on, in the order in which they are locked.</summary>
    public IReadOnlyCollection<int> Buckets => buckets.Keys;

    /// <summary>Every resource that was read or stated.</summary>
    public IReadOnlyCollection<DraftedResource> Resources => resources.Values;

    /// <summary>Those whose rows must be written: the rows that were left because their resource moved, then the others.</summary>
    internal IEnumerable<DraftedResource> Touched => left.Concat(resources.Values).Where(resource => resource.IsTouched);

    /// <summary>True where rows of the bucket will be written, and its position with them.</summary>
    public bool Writes(int bucket) => Touched.Any(resource => resource.Owner.Bucket == bucket);

    /// <summary>Reads what the statements are about and folds them in.</summary>
    /// <exception cref="ResourceTakenException">A resource of that id is another source's.</exception>
    public void Take(Session session, Provenance provenance, IReadOnlyList<ResourceStatement> statements, DateTimeOffset now)
    {
        Read(session, provenance.Source, statements);
        Dictionary<(ResourceKey Key, Stamp Stamp), int> said = [];
        foreach (ResourceStatement statement in statements)
        {
            ResourceKey key = KeyOf(statement);
            DraftedResource resource = resources[key];
            Stamp? stamp = statement.Stamp ?? provenance.Stamp;
            if (stamp is not null)
            {
                stamp = InTurn(stamp, said[(key, stamp)] = said.GetValueOrDefault((key, stamp)) + 1);
            }

            if (resource.Owner != statement.Owner && statement.Mode != StatementMode.Delete && Moves(resource, stamp))
            {
                left.Add(resource);
                resources[key] = resource = resource.MoveTo(statement.Owner, provenance, now);
            }

            resource.Take(statement, stamp, provenance, now);
        }
    }

    /// <summary>Makes everything that is stored, so that the transaction has only to write it.</summary>
    public void Finish()
    {
        foreach (DraftedResource resource in Touched)
        {
            resource.Finish();
        }
    }

    /// <summary>The resource that a statement is about, after <see cref="Take"/>.</summary>
    public DraftedResource this[ResourceStatement statement] => resources[KeyOf(statement)];

    /// <summary>Counts a bucket in, whether or not a statement is about one of its patients.</summary>
    public void Cover(Session session, int bucket) => ReadPositions(session, [bucket]);

    /// <summary>Locks the buckets and says whether nobody wrote to them since they were read.</summary>
    public bool IsCurrent(Session session)
    {
        (int Bucket, Answer<(long Position, long Epoch)> Now)[] locks =
            [.. buckets.Keys.Select(bucket => (bucket, BucketRow.Lock(session, bucket)))];
        bool isCurrent = true;
        foreach ((int bucket, Answer<(long Position, long Epoch)> now) in locks)
        {
            isCurrent &= now.Single.Position == buckets[bucket].Position;
            epochs[bucket] = now.Single.Epoch;
        }

        return isCurrent;
    }

    /// <summary>The epoch of a bucket's lease, as its locked row says.</summary>
    public long EpochOf(int bucket) => epochs[bucket];

    /// <summary>The commit position at which a bucket was read.</summary>
    public long PositionOf(int bucket) => buckets[bucket].Position;

    private static ResourceKey KeyOf(ResourceStatement statement) => ResourceKey.Of(statement.Content.TypeName, statement.Content.Id!);

    /// <summary>
    /// What a message says twice about one resource was said in that order; so a message that is processed again changes nothing.
    /// </summary>
    private static Stamp InTurn(Stamp stamp, int turn) =>
        turn == 1 ? stamp : stamp with { Tie = string.Create(CultureInfo.InvariantCulture, $"{stamp.Tie}+{turn:D6}") };

    /// <summary>A row is left only for a statement that is newer than all that is known; an older one is folded in where the resource is.</summary>
    private static bool Moves(DraftedResource resource, Stamp? stamp) =>
        resource.Version > 0 && (stamp is null || resource.NewestStamp is not { } newest || stamp >= newest);

    /// <summary>
    /// Reads what the statements are about. Positions of a bucket are read before anything of it, so that what changes in between is noticed
    /// (<see cref="IsCurrent"/>).
    /// </summary>
    /// <exception cref="ResourceTakenException">A resource of that id is another source's.</exception>
    public void Read(Session session, SourceId source, IReadOnlyList<ResourceStatement> statements)
    {
        ReadPositions(session, statements.Select(statement => statement.Owner.Bucket));
        Dictionary<ResourceKey, ResourceStatement> wanted = [];
        foreach (ResourceStatement statement in statements)
        {
            ResourceKey key = KeyOf(statement);
            if (!resources.ContainsKey(key))
            {
                wanted.TryAdd(key, statement);
            }
        }

        Dictionary<ResourceKey, ResourceAddress> known = Locate(session, wanted.Keys);
        while (ReadPositions(session, known.Values.Select(address => address.Owner.Bucket)))
        {
            // It may have moved before its bucket's position was read.
            known = Locate(session, wanted.Keys);
        }

        (ResourceKey Key, Answer<StoredRow> Row)[] rows = [.. known.Select(place => (place.Key, session.Ask(
            $"SELECT {StoredRow.Columns} FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3 AND id = $4",
            StoredRow.Read, place.Value.Owner.Bucket, place.Value.Owner.Value, place.Key.Type, place.Key.Id)))];
        foreach ((ResourceKey key, Answer<StoredRow> row) in rows)
        {
            ResourceAddress address = known[key];
            if (address.Source != source)
            {
                throw new ResourceTakenException(wanted[key].Content.TypeName);
            }

            resources[key] = new DraftedResource(key, wanted[key].Content.Id!, address.Owner, source, row.Rows[0]);
        }

        foreach ((ResourceKey key, ResourceStatement statement) in wanted.Where(pair => !known.ContainsKey(pair.Key)))
        {
            resources[key] = new DraftedResource(key, statement.Content.Id!, statement.Owner, source, null);
        }
    }

    private static Dictionary<ResourceKey, ResourceAddress> Locate(Session session, IReadOnlyCollection<ResourceKey> keys)
    {
        (ResourceKey Key, Answer<ResourceAddress> Address)[] places = [.. keys.Select(key => (key, session.Ask(
            "SELECT patient, source FROM locator WHERE id = $1 AND type = $2",
            row => new ResourceAddress(new PatientId(row.Id(0)), new SourceId(row.Text(1))), key.Id, key.Type)))];
        return places.Where(place => place.Address.Rows.Count > 0).ToDictionary(place => place.Key, place => place.Address.Rows[0]);
    }

    /// <summary>True where there were buckets whose position was not known.</summary>
    private bool ReadPositions(Session session, IEnumerable<int> wanted)
    {
        (int Bucket, Answer<(long Position, long Epoch)> Row)[] rows =
            [.. wanted.Distinct().Where(bucket => !buckets.ContainsKey(bucket)).Select(bucket => (bucket, BucketRow.Read(session, bucket)))];
        foreach ((int bucket, Answer<(long Position, long Epoch)> row) in rows)
        {
            buckets[bucket] = row.Single;
        }

        return rows.Length > 0;
    }
}

/// <summary>A resource of that type and id is another source's; a client writes only its own (design, section 4: ids).</summary>
public sealed class ResourceTakenException(string type) : Exception($"Another source has a {type} of this id.")
{
    public string ResourceType { get; } = type;
}
