using System.Globalization;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Says a dose in one line: the source's own text, else its parts in order. https://hl7.org/fhir/R4/dosage.html</summary>
internal static class Doses
{
    public static string? Words(Dosage dosage)
    {
        if (Concepts.Text(dosage.Text) is { } text)
        {
            return Concepts.Text(dosage.PatientInstruction) is { } patient && patient != text ? $"{text} ({patient})" : text;
        }

        IEnumerable<string?> parts =
        [
            .. dosage.DoseAndRate.Select(d => Values.Words(d.Dose) ?? Values.Words(d.Rate)),
            Concepts.Words(dosage.Method),
            Concepts.Words(dosage.Route),
            Timing(dosage.Timing),
            AsNeeded(dosage.AsNeeded),
            Concepts.Text(dosage.PatientInstruction),
        ];
        return Concepts.Join(parts);
    }

    private static string? AsNeeded(DataType? asNeeded) => asNeeded switch
    {
        FhirBoolean { Value: true } => "as needed",
        CodeableConcept reason when Concepts.Words(reason) is { } words => "as needed for " + words,
        _ => null,
    };

    private static string? Timing(Timing? timing)
    {
        if (Concepts.Words(timing?.Code) is { } code)
        {
            return code;
        }

        Timing.RepeatComponent? repeat = timing?.Repeat;
        if (repeat?.Frequency is not { } times || repeat.Period is not { } period
            || Concepts.Literal(repeat.PeriodUnitElement) is not { } unit)
        {
            return Concepts.Join(repeat?.WhenElement.Select(Concepts.Literal) ?? []);
        }

        string every = period == 1 ? Unit(unit) : $"{period.ToString(CultureInfo.InvariantCulture)} {Unit(unit)}s";
        return times == 1 ? $"once every {every}" : $"{times} times every {every}";
    }

    // The UCUM units of time that Timing.repeat allows.
    private static string Unit(string code) => code switch
    {
        "s" => "second",
        "min" => "minute",
        "h" => "hour",
        "d" => "day",
        "wk" => "week",
        "mo" => "month",
        "a" => "year",
        _ => code,
    };
}
