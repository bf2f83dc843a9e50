using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>Doses, routes and times of medicines (published maps RXO, RXR and TQ1 [MedicationRequest]).</summary>
internal static class Dosages
{
    /// <summary>RXR-1 in the codes of the published map RouteOfAdministration; other codes as sent.</summary>
    public static CodeableConcept? Route(Segment rxr, Draft draft)
    {
        CodeableConcept? route = Cwe.ToConcept(rxr[1], draft, Cwe.Table("0162"));
        if (route is not null && rxr[1].Text is { } code && rxr[1][3].Text is null or "HL70162" && Routes.Of(code) is { } known)
        {
            route.Coding[0] = known;
            route.Text ??= known.Display;
        }

        return route;
    }

    public static CodeableConcept? Site(Segment rxr, Draft draft) => Cwe.ToConcept(rxr[2], draft, Cwe.Table("0163"));

    /// <summary>An amount, or a range where both limits are given (RXE-3 and RXE-4, RXO-2 and RXO-3).</summary>
    public static Dosage.DoseAndRateComponent? Dose(Field minimum, Field maximum, Field units, Draft draft)
    {
        bool hasLow = Nm.TryParse(minimum.Text, out decimal low);
        bool hasHigh = Nm.TryParse(maximum.Text, out decimal high);
        if (!hasLow && !hasHigh)
        {
            return null;
        }

        Unit? unit = Unit.Read(units, draft);
        return new Dosage.DoseAndRateComponent
        {
            Dose = hasLow && hasHigh && low != high
                ? new Hl7.Fhir.Model.Range { Low = Quantities.Of(low, unit), High = Quantities.Of(high, unit) }
                : Quantities.Of(hasLow ? low : high, unit),
        };
    }

    /// <summary>RXA-6 and RXA-7; 999 means that the amount is not known (chapter 4A, RXA-6).</summary>
    public static Quantity? Given(Segment rxa, Draft draft) => Nm.TryParse(rxa[6].Text, out decimal amount) && amount is > 0 and not 999
        ? Quantities.Of(amount, Unit.Read(rxa[7], draft))
        : null;

    /// <summary>TQ1-3 (a pattern such as BID) with TQ1-7 and TQ1-8; in older versions the quantity/timing field (RXE-1, ORC-7).</summary>
    public static Timing? Times(Segment tq1, Field older, Draft draft)
    {
        string? pattern = tq1[3].Text ?? older[2].Sub(1);
        Moment? start = Moment.Read(tq1[7], draft) ?? Moment.Read(older.First[4], draft);
        Moment? end = Moment.Read(tq1[8], draft) ?? Moment.Read(older.First[5], draft);
        Period? bounds = Periods.Of(start, end);
        if (pattern is null && bounds is null)
        {
            return null;
        }

        Timing timing = new() { Code = pattern is null ? null : new CodeableConcept { Text = pattern } };
        if (bounds is not null)
        {
            timing.Repeat = new Timing.RepeatComponent { Bounds = bounds };
        }

        return timing;
    }
}
