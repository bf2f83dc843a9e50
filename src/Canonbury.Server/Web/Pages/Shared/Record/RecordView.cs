using System.Collections.Frozen;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record.Banner;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record;

/// <summary>A person's record as the pages show it: computed from what the reader returned, and from nothing else.</summary>
public sealed class RecordView
{
    private readonly FrozenDictionary<Section, SectionView> sections;
    private readonly FrozenDictionary<string, SourceStanding> sourcesById;

    private RecordView(
        PersonRecord record, FrozenDictionary<Section, SectionView> bySection, ReceiptView receipt, DateTimeOffset now, IReadOnlyList<SourceId> others)
    {
        Record = record;
        OtherRecords = others;
        Receipt = receipt;
        Now = now;
        sections = bySection;
        sourcesById = receipt.Lines.ToFrozenDictionary(line => line.Source.Id, line => line.Source, StringComparer.Ordinal);
        Banner = BannerView.Build(this);
    }

    public PersonRecord Record { get; }

    public BannerView Banner { get; }

    public ReceiptView Receipt { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Sources that hold a record with this person's NHS number which is not linked: it may be missing here (hazard 2).</summary>
    public IReadOnlyList<SourceId> OtherRecords { get; }

    public SectionView this[Section section] => sections[section];

    public string SourceName(string id) => sourcesById.TryGetValue(id, out SourceStanding? source) ? source.Name : id;

    public SourceStanding? Source(string id) => sourcesById.GetValueOrDefault(id);

    /// <param name="allowed">The sections that the grant shows; null for all.</param>
    /// <param name="sources">Every source that the service knows.</param>
    /// <param name="others">Sources with a record that may be this person's and is not linked.</param>
    /// <param name="own">True where the reader is the person.</param>
    public static RecordView Build(
        PersonRecord record,
        IReadOnlySet<Section>? allowed,
        IReadOnlyList<SourceStanding> sources,
        DateTimeOffset now,
        IReadOnlyList<SourceId>? others = null,
        bool own = false)
    {
        // The bytes of a document stand with the document and are no item of their own; those of a withdrawn one do not outlive it.
        record = record with { Items = [.. record.Items.Where(item => item is not { Type: "Binary", Card.PartOf: not null })] };
        ReceiptView receipt = ReceiptView.Build(record, sources, allowed is null ? Withholding.Nothing : own ? Withholding.FromThePerson : Withholding.FromTheRole, now);
        ILookup<Section, RecordItem> items = record.Items.Where(item => !item.Card.Withdrawn)
            .OrderByDescending(SortKey)
            .ThenBy(item => item.FhirId, StringComparer.Ordinal)
            .ToLookup(item => item.Card.Section);

        SectionView Section(SectionWords words)
        {
            // The reader leaves out what the grant does not show; what it were to forget would still not be shown.
            bool mayBeSeen = allowed is null || allowed.Contains(words.Section);
            List<RecordItem> something = mayBeSeen ? [.. items[words.Section].Where(item => !NothingKnown.Says(item))] : [];
            List<RecordItem> nothing = mayBeSeen ? [.. items[words.Section].Where(NothingKnown.Says)] : [];
            // Every record has at least one source's details of the person.
            bool shows = something.Count > 0 || words.Section == Fhir.Cards.Section.Demographics;
            EmptySection? empty = shows && mayBeSeen ? null : WhyEmpty.Of(words, mayBeSeen, nothing, receipt);
            return new SectionView(words, something, nothing, ItemGroups.Of(words.Section, something, now), empty);
        }

        return new RecordView(record, SectionWords.All.Select(Section).ToFrozenDictionary(view => view.Section), receipt, now, others ?? []);
    }

    /// <summary>When it happened; else when it was recorded; else when the source said it.</summary>
    public static DateTimeOffset SortKey(RecordItem item) =>
        FhirDate.StartOf(item.Card.When) ?? FhirDate.StartOf(item.Card.Recorded) ?? item.SourceTime;
}
