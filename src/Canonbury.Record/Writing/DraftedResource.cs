using Canonbury.Database.Content;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Search.Index;
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
    private FoldedContent? content;

    /// <param name="stored">The row of this owner; null where there is none.</param>
    internal DraftedResource(ResourceKey key, string fhirId, PatientId owner, SourceId source, StoredRow? stored)
    {
        Key = key;
        FhirId = fhirId;
        Owner = owner;
        Source = source;
        this.stored = stored;
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
    public bool IsTouched => content is not null;

    /// <summary>The newest content; null where nothing was folded in.</summary>
    public Resource? Content { get; private set; }

    internal FoldState? Fold => content?.State;

    /// <summary>The other patients that the stored version names.</summary>
    internal IReadOnlyList<PatientId> MentionsBefore => stored is null ? [] : FoldState.Of(stored.Fold).Mentions;

    /// <summary>The newest statement of all that is known; null where there is none.</summary>
    internal Stamp? NewestStamp => (content?.State ?? (stored is null ? null : FoldState.Of(stored.Fold)))?.Newest;

    /// <summary>True where the resource came here from another patient's rows.</summary>
    internal bool Continues { get; private init; }

    /// <summary>The card and the wrapped content of the newest issued version: made once, before the transaction.</summary>
    internal byte[]? NewestCard { get; private set; }

    internal byte[] NewestContent { get; private set; } = [];

    /// <summary>Its search values; none where it is deleted.</summary>
    internal byte[]? NewestSearch { get; private set; }

    /// <summary>The postings of the stored version that the newest no longer has.</summary>
    internal IReadOnlyList<Posting> PostingsGone { get; private set; } = [];

    /// <summary>The postings that the newest version has and the stored one had not.</summary>
    internal IReadOnlyList<Posting> PostingsCome { get; private set; } = [];

    /// <summary>Folds one statement in; a version is issued where the content changes.</summary>
    /// <param name="stamp">When it was said; null for now, after all that is known.</param>
    internal void Take(ResourceStatement statement, Stamp? stamp, Provenance provenance, DateTimeOffset now)
    {
        content ??= new FoldedContent(stored?.Parse() ?? Empty(statement.Content), stored is null ? new FoldState() : FoldState.Of(stored.Fold));
        FoldState state = content.State;
        stamp ??= After(state.Newest, provenance);

        // The first statement of all makes a row, whatever it says.
        if (!content.Take(statement, stamp) && (IsStored || issued.Count > 0))
        {
            return;
        }

        Content = content.Build();
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
            NewestSearch = Deleted ? null : IndexBytes.Write(Content);
            IReadOnlySet<Posting> before = stored is { Deleted: false } ? Posting.Of(Type, stored.Search) : Posting.None;
            IReadOnlySet<Posting> after = Posting.Of(Type, NewestSearch);
            PostingsGone = [.. before.Except(after)];
            PostingsCome = [.. after.Except(before)];
            NewestContent = Envelope.Wrap(issued[^1].Json, ContentKind.Resource);
        }
    }

    /// <summary>
    /// Ends this row because the resource now belongs to another patient: its history stays where it was. Returns the same resource, as it was until
    /// now, under that patient.
    /// </summary>
    internal DraftedResource MoveTo(PatientId owner, Provenance provenance, DateTimeOffset now)
    {
        FoldState state = FoldState.Of(content?.State.ToBytes() ?? stored!.Fold);
        state.FormerOwners = [.. state.FormerOwners.Where(former => former != Owner && former != owner), Owner];
        Resource resource = content?.Build() ?? stored!.Parse();
        Take(new ResourceStatement { Content = Empty(resource), Mode = StatementMode.Delete, Owner = Owner }, null, provenance, now);
        return new DraftedResource(Key, FhirId, owner, Source, stored: null)
        {
            Version = Version,
            Continues = true,
            content = new FoldedContent(resource, state),
        };
    }

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
