using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Reads reference ranges: two numbers where the source gives one plain normal range, else its words.</summary>
internal static class Ranges
{
    public static Card With(Card card, List<Observation.ReferenceRangeComponent> ranges)
    {
        // Several ranges (by sex or age, or therapeutic beside normal) cannot be one pair of numbers.
        if (ranges is not [{ } only])
        {
            return ranges.Count == 0 ? card : card with { RangeText = Concepts.Join(ranges.Select(Words)) };
        }

        bool numbers = only.Low?.Value is not null || only.High?.Value is not null;
        return card with { Low = only.Low?.Value, High = only.High?.Value, RangeText = numbers ? null : Concepts.Text(only.Text) };
    }

    private static string? Words(Observation.ReferenceRangeComponent range)
    {
        string? span = Concepts.Text(range.Text) ?? Values.Words(new Hl7.Fhir.Model.Range { Low = range.Low, High = range.High });
        return Concepts.Words(range.Type) is { } type && span is not null ? $"{type}: {span}" : span;
    }
}
