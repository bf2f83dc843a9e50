using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>Chooses which of the five kinds of empty a section is, the one that a clinician must know first winning.</summary>
public static class WhyEmpty
{
    /// <param name="nothing">The statements that there is nothing, newest first.</param>
    public static EmptySection Of(SectionWords section, bool mayBeSeen, IReadOnlyList<RecordItem> nothing, ReceiptView receipt)
    {
        if (!mayBeSeen)
        {
            return new EmptySection(EmptyKind.Withheld, "Withheld", receipt.Withheld == Withholding.FromThePerson
                ? "Nothing is available to you here. This part of a record is not shown to people themselves; ask those who care for you."
                : "Nothing is available to you here. Your role does not show this part of a record.");
        }

        if (receipt.Waiting > 0)
        {
            string among = $"There may be {section.Things} among them.";
            string sources = string.Join(", ", receipt.Lines.Where(line => line.Waiting > 0)
                .Select(line => $"{UkTime.Count(line.Waiting, "message")} from {line.Source.Name}"));
            return new EmptySection(
                EmptyKind.NotYetUsable,
                "Received, not yet usable",
                $"{sources} about this person arrived and cannot be shown yet. {Told(nothing, receipt)}{among}")
            {
                Short = $"{UkTime.Count(receipt.Waiting, "message")} about this person cannot be shown yet. {among}",
            };
        }

        if (nothing.Count > 0)
        {
            return new EmptySection(EmptyKind.NoneRecorded, "None recorded", Told(nothing, receipt).TrimEnd());
        }

        List<ReceiptLine> silent = [.. receipt.Lines.Where(line => line.Freshness == Freshness.Stale)];
        if (silent.Count > 0)
        {
            string sources = string.Join(
                ", ", silent.Select(line => $"{line.Source.Name} (last heard {UkTime.Moment(line.Source.LastReceived!.Value)})"));
            return new EmptySection(
                EmptyKind.NoAnswer,
                "A source did not answer",
                $"Nothing has arrived here, and not every source is sending: {sources}. There may be {section.Things} that we do not have.")
            {
                Short = $"Not every source is sending. There may be {section.Things} that we do not have.",
            };
        }

        return new EmptySection(
            EmptyKind.NotShared,
            "Not shared",
            $"No source has shared any {section.Things} for this person. That does not mean that there are none.")
        {
            Short = "No source has shared any. There may be some.",
        };
    }

    private static string Told(IReadOnlyList<RecordItem> nothing, ReceiptView receipt)
    {
        if (nothing.Count == 0)
        {
            return "";
        }

        RecordItem newest = nothing[0];
        string source = receipt.Lines.FirstOrDefault(line => line.Source.Id == newest.Source.Value)?.Source.Name ?? newest.Source.Value;
        FhirDate? when = FhirDate.Parse(newest.Card.Recorded) ?? FhirDate.Parse(newest.Card.When);
        string said = when is null ? "" : $" on {when.Text}";
        return $"{source} recorded “{newest.Card.OriginalText ?? newest.Card.Title}”{said}. ";
    }
}
