using System.Collections.Concurrent;
using Canonbury.Database;
using Canonbury.Database.Commit;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Sources;

namespace Canonbury.Intake.Inbox;

/// <summary>A source as it is registered.</summary>
/// <param name="Origin">How it became known: <c>message</c> (an unknown sender), <c>client</c>, <see cref="SourceRegistry.Reader"/>, <c>setting</c> or <c>steward</c>.</param>
/// <param name="IdsKept">True where the ids of its FHIR resources are kept as sent.</param>
public sealed record RegisteredSource(SourceId Id, string Name, string? Organisation, string Origin, bool IdsKept, DateTimeOffset CreatedAt);

/// <summary>Knows every source, and which of them sends under which MSH-3 and MSH-4.</summary>
public sealed class SourceRegistry(RecordDatabase database, GroupCommitter committer, TimeProvider time)
{
    /// <summary>The origin of a client that is there to read.</summary>
    public const string Reader = "reader";

    private const string Client = "client";

    private readonly ConcurrentDictionary<(string Application, string Facility), SourceId> senders = new();
    private readonly ConcurrentDictionary<SourceId, bool> idsKept = new();
    private readonly ConcurrentDictionary<SourceId, bool> registered = new();

    /// <summary>The source of a sender. One that nobody has registered gets a code made from its names (<see cref="SourceCode"/>).</summary>
    public SourceId OfSender(string application, string facility)
    {
        (string, string) sender = (application, facility);
        if (senders.TryGetValue(sender, out SourceId known))
        {
            return known;
        }

        using Session session = database.Open();
        SourceId source = session.Query(
            "SELECT source FROM sender WHERE application = $1 AND facility = $2", row => new SourceId(row.Text(0)), application, facility) is [var found]
            ? found
            : SourceCode.Of(application, facility);

        // A sender may write anything into MSH-3: what nobody registered must not fill the memory.
        if (senders.Count < 10_000)
        {
            senders[sender] = source;
        }

        return source;
    }

    /// <summary>Writes a source that a message came from where it is not registered yet; part of the transaction that stores the message.</summary>
    public void Register(Session session, SourceId source, string application, string facility)
    {
        if (registered.ContainsKey(source))
        {
            return;
        }

        string name = string.Join(", ", new[] { application, facility }.Where(part => part.Length > 0));
        Insert(session, source, name.Length > 0 ? name : source.Value, "message", kept: false);
        session.Write(
            "INSERT INTO sender (application, facility, source) VALUES ($1, $2, $3) ON CONFLICT (application, facility) DO NOTHING", application, facility, source.Value);
    }

    /// <summary>The transaction that registered the source is durable.</summary>
    public void Remember(SourceId source) => registered[source] = true;

    /// <summary>Registers the source of a FHIR client, whose ids are kept.</summary>
    /// <param name="isExpected">False for a client that is there to read: that it sends nothing is no silence.</param>
    public async Task RegisterClientAsync(SourceId source, string name, bool isExpected, CancellationToken cancellation)
    {
        await committer.CommitAsync(0, session =>
        {
            Insert(session, source, name, isExpected ? Client : Reader, kept: true);
            if (isExpected)
            {
                session.Write("UPDATE source SET origin = $1 WHERE id = $2 AND origin = $3", Client, source.Value, Reader);
            }

            return 0;
        });
        registered[source] = true;
    }

    /// <summary>The sources whose ids are kept.</summary>
    public IReadOnlyList<SourceId> Keeping()
    {
        using Session session = database.Open();
        return session.Query("SELECT id FROM source WHERE ids_kept = 1 ORDER BY id", row => new SourceId(row.Text(0)));
    }

    /// <summary>True where the ids that the source's FHIR resources were sent with are kept; false where they are mapped.</summary>
    public bool KeepsIds(SourceId source)
    {
        if (!idsKept.TryGetValue(source, out bool kept))
        {
            using Session session = database.Open();
            if (session.Query("SELECT ids_kept FROM source WHERE id = $1", row => row.Flag(0), source.Value) is not [bool stored])
            {
                return false;
            }

            idsKept[source] = kept = stored;
        }

        return kept;
    }

    /// <summary>Brings the sources that settings name, and their senders, into the registry; what settings say wins.</summary>
    public Task ApplyAsync(IEnumerable<SourceOptions> known) => committer.CommitAsync(0, session =>
    {
        foreach (SourceOptions source in known)
        {
            session.Write(
                """
                INSERT INTO source (id, name, organisation, kind, origin, ids_kept, created_at) VALUES ($1, $2, $3, NULL, 'setting', $4, $5)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, organisation = excluded.organisation, origin = excluded.origin, ids_kept = excluded.ids_kept
                """,
                source.Code, source.Name, source.Organisation, source.KeepIds, time.GetUtcNow());
            if (source.Application is not null || source.Facility is not null)
            {
                session.Write(
                    "INSERT INTO sender (application, facility, source) VALUES ($1, $2, $3) ON CONFLICT (application, facility) DO UPDATE SET source = excluded.source",
                    source.Application ?? "", source.Facility ?? "", source.Code);
            }
        }

        return 0;
    });

    public IReadOnlyList<RegisteredSource> All()
    {
        using Session session = database.Open();
        return session.Query(
            "SELECT id, name, organisation, origin, ids_kept, created_at FROM source ORDER BY id",
            row => new RegisteredSource(new SourceId(row.Text(0)), row.Text(1), row.TextOrNull(2), row.Text(3), row.Flag(4), row.Time(5)));
    }

    private void Insert(Session session, SourceId source, string name, string origin, bool kept) => session.Write(
        "INSERT INTO source (id, name, organisation, kind, origin, ids_kept, created_at) VALUES ($1, $2, NULL, NULL, $3, $4, $5) ON CONFLICT (id) DO NOTHING",
        source.Value, name, origin, kept, time.GetUtcNow());
}
