using System.Collections.Concurrent;

namespace Canonbury.Fhir.Units;

/// <summary>
/// A UCUM unit with the way to the base of its dimension, so that 5.4 g/L and 540 mg/dL are one value. https://ucum.org/ucum
/// </summary>
/// <param name="Dimension">What can be compared: the base units, or the unit itself where it has none.</param>
internal sealed record UcumUnit(string Dimension, decimal Factor, decimal Offset)
{
    public const string System = "http://unitsofmeasure.org";

    private const int MostKnown = 10_000;

    // UCUM 4.5: special units, which have no factor alone.
    private static readonly Dictionary<string, UcumUnit> Special = new(StringComparer.Ordinal)
    {
        ["Cel"] = new("K", 1m, 273.15m),
        ["[degF]"] = new("K", 5m / 9m, 459.67m * 5m / 9m),
        ["K"] = new("K", 1m, 0m),
    };

    private static readonly ConcurrentDictionary<string, UcumUnit> Known = new(Special, StringComparer.Ordinal);

    public decimal ToCanonical(decimal value)
    {
        try
        {
            return (value * Factor) + Offset;
        }
        catch (OverflowException)
        {
            return value > 0 ? decimal.MaxValue : decimal.MinValue;
        }
    }

    /// <summary>A unit that UCUM does not know can be compared with itself only.</summary>
    public static UcumUnit Of(string code)
    {
        if (Known.TryGetValue(code, out UcumUnit? known))
        {
            return known;
        }

        UcumUnit unit = Read(code);
        if (Known.Count < MostKnown)
        {
            Known.TryAdd(code, unit);
        }

        return unit;
    }

    private static UcumUnit Read(string code) => Ucum.Read(code) is (var dimension, var factor and > 1e-20 and < 1e20)
        ? new UcumUnit(dimension, (decimal)factor, 0m)
        : new UcumUnit(code, 1m, 0m);
}
