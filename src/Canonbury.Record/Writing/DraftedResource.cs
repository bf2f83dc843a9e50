using Canonbury.Database.Content;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Statements;
using Canonbury.Fhir.Types;
using Canonbury.Record.Folding;
using Hl7.Fhir.Model;

namespace Canonbury.Record.Writing;

/// <summary>One version of a resource, ready to be written.</summary>
public sealed record DraftedVersion(int Version, DateTimeOffset SourceTime, DateTimeOffset ReceivedAt, Guid Message, bool Deleted, byte[] Json);

/// <summary>One resource of a draft: as it was read, and the versions that statements made of it.</summary>
public sealed class DraftedResource
{
    private readonly List<DraftedVersion> issued = [];
    private readonly StoredRow? stored;
    private readonly StoredRow? before;
    private FoldState? state;
    private FoldedContent? content;

    /// <param name="stored">The row of this owner; null where there is none.</param>
    internal DraftedResource(ResourceKey key, string fhirId, PatientId owner, SourceId source, StoredRow? stored)
        : this(key, fhirId, owner, source, stored, stored)
    {
    }

    private DraftedResource(ResourceKey key, string fhirId, PatientId owner, SourceId source, StoredRow? stored, StoredRow? before)
    {
        Key = key;
        FhirId = fhirId;
        Owner = owner;
        Source = source;
        this.stored = stored;
        this.before = before;
        Version = stored?.Version ?? 0;
        Deleted = stored?.Deleted ?? false;
    }

    public ResourceKey Key { get; }

    public string Type => ResourceTypes.NameOf(Key.Type);

    public string FhirId { get; }

    public PatientId Owner { get; }

    public SourceId Source { get; }

    /// <summary>The newest version, issued ones included; 0 where there is none.</summary>
    public int Version { get; private set; }

    public bool Deleted { get; private set; }

    /// <summary>The newest version, issued or stored, with its content; null where there is none.</summary>
    public DraftedVersion? Newest() => issued.Count > 0 ? issued[^1]
        : stored is { } row ? new DraftedVersion(row.Version, row.SourceTime, row.ReceivedAt, row.Message, row.Deleted, Envelope.Unwrap(row.Content))
        : null;

    /// <summary>True where the store has a row of it.</summary>
    public bool IsStored => stored is not null;

    /// <summary>Versions that are not stored yet, oldest first.</summary>
    public IReadOnlyList<DraftedVersion> Issued => issued;

    /// <summary>True where statements were folded in; the fold state must then be stored even without a new version.</summary>
    public bool IsTouched => state is not null;

    /// <summary>The newest content; null where nothing was folded in.</summary>
    public Resource? Content { get; private set; }

    internal FoldState? Fold => state;

    /// <summary>The newest statement of all that is known; null where there is none.</summary>
    internal Stamp? NewestStamp => (state ?? (before is null ? null : FoldState.Of(before.Fold)))?.Newest;

    /// <summary>True where the resource came here from another patient's rows.</summary>
    internal bool Continues { get; private set; }

    /// <summary>The card and the wrapped content of the newest issued version: made once, before the transaction.</summary>
    internal byte[]? NewestCard { get; private set; }

    internal byte[] NewestContent { get; private set; } = [];

    /// <summary>Folds one statement in; a version is issued where the content changes.</summary>
    internal void Take(ResourceStatement statement, Provenance provenance, DateTimeOffset now)
    {
        bool isNew = before is null && state is null;
        state ??= before is null ? new FoldState() : FoldState.Of(before.Fold);
        Stamp stamp = statement.Stamp ?? provenance.Stamp ?? After(state.Newest, provenance);
        if (isNew && statement.Mode == StatementMode.Snapshot)
        {
            // Most resources are stated whole and once: there is nothing to fold into.
            (state.Whole, state.Mentions, Content) = (stamp, statement.Mentions, statement.Content);
        }
        else
        {
            content ??= new FoldedContent(Content ?? before?.Parse() ?? Empty(statement.Content), state);
            if (!content.Take(statement, stamp) && !isNew)
            {
                return;
            }

            Content = content.Build();
        }

        Version++;
        Deleted = state.IsDeleted;
        Content.Meta = (Meta?)Content.Meta?.DeepCopy() ?? new Meta();
        Content.Meta.VersionId = Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Content.Meta.LastUpdated = now;
        Content.Meta.Source = $"urn:canonbury:source:{provenance.Source}#{provenance.Message:D}";
        issued.Add(new DraftedVersion(Version, (state.Newest ?? stamp).At, provenance.ReceivedAt, provenance.Message, Deleted, FhirJson.ToUtf8(Content)));
    }

    /// <summary>Makes what is stored beside the newest version, so that the committer only writes. Nobody's and deleted resources have no card.</summary>
    internal void Finish()
    {
        if (issued.Count > 0 && Content is not null)
        {
            NewestCard = Deleted || Owner == PatientId.Nobody ? null : CardJson.Write(CardExtractor.Extract(Content));
            NewestContent = Envelope.Wrap(issued[^1].Json, ContentKind.Resource);
        }
    }

    /// <summary>Ends this row because the resource now belongs to another patient: its history stays where it was.</summary>
    internal void MoveAway(Provenance provenance, DateTimeOffset now)
    {
        Resource gone = Empty(Content ?? stored!.Parse());
        Take(new ResourceStatement { Content = gone, Mode = StatementMode.Delete, Owner = Owner }, provenance with { Stamp = null }, now);
    }

    /// <summary>The same resource under another patient, as it is stored now; call it before <see cref="MoveAway"/>, whose version it follows.</summary>
    internal DraftedResource MovedTo(PatientId owner) =>
        new(Key, FhirId, owner, Source, stored: null, before: stored) { Version = Version + 1, Continues = true };

    private static Stamp After(Stamp? newest, Provenance provenance) =>
        newest is { } known && known.At >= provenance.ReceivedAt
            ? new Stamp(known.At.AddTicks(10), provenance.Message.ToString("D"))
            : new Stamp(provenance.ReceivedAt, provenance.Message.ToString("D"));

    private static Resource Empty(Resource like)
    {
        Resource empty = (Resource)Activator.CreateInstance(like.GetType())!;
        empty.Id = like.Id;
        return empty;
    }
}
