using System.Globalization;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Query;

/// <summary><c>Location?near=latitude|longitude|distance|units</c>; without a distance, within 5 km. https://hl7.org/fhir/R4/location.html#search</summary>
public sealed record NearPredicate(double Latitude, double Longitude, double Kilometres) : Predicate
{
    private const double EarthRadius = 6371;

    public static NearPredicate? Read(string value)
    {
        string[] parts = value.Split('|');
        if (parts.Length is < 2 or > 4 || Number(parts[0]) is not (>= -90 and <= 90 and var latitude)
            || Number(parts[1]) is not (>= -180 and <= 180 and var longitude))
        {
            return null;
        }

        double? distance = parts.Length < 3 || parts[2].Length == 0 ? 5 : Number(parts[2]);
        double? unit = parts.Length < 4 ? 1 : parts[3] switch { "" or "km" => 1, "m" => 0.001, "[mi_us]" or "[mi_i]" => 1.609344, _ => null };
        return distance is >= 0 && unit is not null ? new NearPredicate(latitude, longitude, distance.Value * unit.Value) : null;
    }

    public override bool Matches(ResourceValues resource) =>
        resource.Resource is Location { Position: { Latitude: { } latitude, Longitude: { } longitude } }
        && Distance((double)latitude, (double)longitude) <= Kilometres;

    /// <summary>Along the great circle.</summary>
    private double Distance(double latitude, double longitude)
    {
        double north = double.DegreesToRadians(latitude - Latitude) / 2;
        double east = double.DegreesToRadians(longitude - Longitude) / 2;
        double half = Math.Pow(Math.Sin(north), 2)
            + (Math.Cos(double.DegreesToRadians(latitude)) * Math.Cos(double.DegreesToRadians(Latitude)) * Math.Pow(Math.Sin(east), 2));
        return 2 * EarthRadius * Math.Asin(Math.Sqrt(Math.Min(1, half)));
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
