using Canonbury.Fhir.Search.Values;
using Canonbury.Fhir.Units;

namespace Canonbury.Fhir.Search.Terms;

/// <summary>A time, against the times that a value covers. https://hl7.org/fhir/R4/search.html#date</summary>
/// <param name="Range">For <see cref="Prefix.Ap"/> already widened.</param>
public sealed record DateTerm(Prefix Prefix, DateRange Range) : SearchTerm
{
    public override bool Matches(SearchValue value) => value is SearchValue.Date { Range: var target } && Prefix switch
    {
        Prefix.Eq => Contains(target),
        Prefix.Ne => !Contains(target),
        Prefix.Gt => target.Last > Range.Last,
        Prefix.Lt => target.First < Range.First,
        Prefix.Ge => target.Last > Range.Last || Contains(target),
        Prefix.Le => target.First < Range.First || Contains(target),
        Prefix.Sa => target.First > Range.Last,
        Prefix.Eb => target.Last < Range.First,
        _ => target.First <= Range.Last && target.Last >= Range.First,
    };

    private bool Contains(DateRange target) => Range.First <= target.First && target.Last <= Range.Last;
}

/// <summary>A number that was searched for, with the range that its digits imply: 100 is from 99.5 to 100.5. https://hl7.org/fhir/R4/search.html#number</summary>
public readonly record struct SearchedNumber(decimal Exact, decimal From, decimal To)
{
    /// <summary>The same in another unit.</summary>
    public SearchedNumber Convert(Func<decimal, decimal> convert) => new(convert(Exact), convert(From), convert(To));
}

/// <summary>A number or quantity, against one that a resource has. https://hl7.org/fhir/R4/search.html#quantity</summary>
/// <param name="AnyUnit">True where no unit was given.</param>
/// <param name="System">Null for any system: the unit is then its code or its text.</param>
public sealed record QuantityTerm(Prefix Prefix, SearchedNumber Number, bool AnyUnit, string? System, string? Unit) : SearchTerm
{
    private readonly UcumUnit? canonical = System == UcumUnit.System && Unit is not null ? UcumUnit.Of(Unit) : null;

    public override bool Matches(SearchValue value)
    {
        if (value is not SearchValue.Quantity target)
        {
            return false;
        }

        if (AnyUnit)
        {
            return Compare(Number, target.Low, target.High);
        }

        if (canonical is { } unit && target.System == UcumUnit.System && target.Code is { } code)
        {
            return UcumUnit.Of(code) is { } other && other.Dimension == unit.Dimension
                && Compare(Number.Convert(unit.ToCanonical), Convert(target.Low, other), Convert(target.High, other));
        }

        bool sameUnit = System is null
            ? Unit is null || target.Code == Unit || target.Unit == Unit
            : target.System == System && (Unit is null || target.Code == Unit);
        return sameUnit && Compare(Number, target.Low, target.High);
    }

    private static decimal? Convert(decimal? value, UcumUnit unit) => value is { } number ? unit.ToCanonical(number) : null;

    // With an order, the searched number is exact (search.html#number); a side of the target that is open reaches as far as numbers do.
    private bool Compare(SearchedNumber number, decimal? low, decimal? high)
    {
        bool contains = low is { } first && high is { } last
            && number.From <= first && (last < number.To || (first == last && last == number.Exact));
        return Prefix switch
        {
            Prefix.Eq => contains,
            Prefix.Ne => !contains,
            Prefix.Gt => high is null || high > number.Exact,
            Prefix.Lt => low is null || low < number.Exact,
            Prefix.Ge => high is null || high >= number.Exact,
            Prefix.Le => low is null || low <= number.Exact,
            Prefix.Sa => low > number.Exact,
            Prefix.Eb => high < number.Exact,
            _ => (low is null || low <= number.To) && (high is null || high >= number.From),
        };
    }
}
