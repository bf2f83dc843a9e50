using Canonbury.Record.Reading;

namespace Canonbury.Server.Web.Pages.Shared.Record.Receipt;

/// <summary>What one source contributed to the record on screen.</summary>
/// <param name="Items">How many items of it this reader may see.</param>
/// <param name="LastAboutPerson">When the newest of them arrived; null where it sent nothing about this person.</param>
/// <param name="Waiting">What it sent about this person that cannot be shown yet.</param>
public sealed record ReceiptLine(SourceStanding Source, Freshness Freshness, int Items, DateTimeOffset? LastAboutPerson, int Waiting);

/// <summary>What a reader does not see of a record, by the rules.</summary>
public enum Withholding
{
    Nothing,

    /// <summary>Sections that a professional's role does not show.</summary>
    FromTheRole,

    /// <summary>Sections that people are not shown of their own records.</summary>
    FromThePerson,
}

/// <summary>The completeness receipt of a view: each source, as at when, and what is missing (design, rule 5).</summary>
public sealed record ReceiptView(DateTimeOffset AsAt, IReadOnlyList<ReceiptLine> Lines, int Tombstones, Withholding Withheld)
{
    public bool SomeWithheld => Withheld != Withholding.Nothing;

    /// <summary>That the reader sees a part only, in a sentence; null where the reader sees all.</summary>
    public string? WithheldWords => Withheld switch
    {
        Withholding.FromTheRole => "Your role shows a part of the record only.",
        Withholding.FromThePerson => "Some parts of a record are not shown to people themselves.",
        _ => null,
    };

    public IEnumerable<ReceiptLine> Behind => Lines.Where(line => line.Freshness is Freshness.Late or Freshness.Stale);

    public int Waiting => Lines.Sum(line => line.Waiting);

    /// <param name="sources">Every source that the service knows, so that one which sent nothing is named too.</param>
    public static ReceiptView Build(PersonRecord record, IReadOnlyList<SourceStanding> sources, Withholding withheld, DateTimeOffset now)
    {
        ILookup<string, RecordItem> items = record.Items.ToLookup(item => item.Source.Value, StringComparer.Ordinal);
        ILookup<string, LinkedPatient> patients = record.Patients.ToLookup(patient => patient.Source.Value, StringComparer.Ordinal);
        ILookup<string, NotYetUsable> waiting = record.NotYetUsable.ToLookup(entry => entry.Source.Value, StringComparer.Ordinal);
        IEnumerable<SourceStanding> unknown = items.Select(group => group.Key)
            .Concat(patients.Select(group => group.Key))
            .Concat(waiting.Select(group => group.Key))
            .Distinct(StringComparer.Ordinal)
            .Where(id => sources.All(source => source.Id != id))
            .Select(id => new SourceStanding(id, id, null, null, TimeSpan.FromDays(1)));

        ReceiptLine Line(SourceStanding source)
        {
            DateTimeOffset? last = items[source.Id].Select(item => item.ReceivedAt)
                .Concat(patients[source.Id].Select(patient => patient.ReceivedAt))
                .Select(moment => (DateTimeOffset?)moment)
                .Max();
            SourceStanding known = source.LastReceived is null ? source with { LastReceived = last } : source;
            return new ReceiptLine(known, known.At(now), items[source.Id].Count(), last, waiting[source.Id].Sum(entry => entry.Count));
        }

        return new ReceiptView(now, [.. sources.Concat(unknown).Select(Line)], record.Tombstones, withheld);
    }
}
