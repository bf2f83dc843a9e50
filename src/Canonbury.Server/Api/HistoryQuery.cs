using System.Globalization;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search.Values;
using Canonbury.Record.Reading;
using Microsoft.Extensions.Primitives;

namespace Canonbury.Server.Api;

/// <summary>The parameters of a history; any other is passed over, or refused where the client asks for that. https://hl7.org/fhir/R4/http.html#history</summary>
/// <param name="Page">The cursor of a link that was given; null for the first page.</param>
internal sealed record HistoryQuery(HistoryTimes Times, int Count, string? Page)
{
    public const string PageParameter = "_page";

    private const int DefaultCount = 50;
    private const int MaxCount = 1000;

    private static readonly string[] Known = ["_since", "_at", "_count", "_format", "_pretty", "_summary", "_elements", PageParameter];

    /// <summary>True for a parameter that says something here.</summary>
    public static bool Knows(string name) => Known.Contains(name);

    public static (HistoryQuery Query, Problem? Refused) Of(HttpRequest request)
    {
        IQueryCollection parameters = request.Query;
        if (Preferences.IsStrict(request) && parameters.Keys.FirstOrDefault(name => !Knows(name)) is { } unknown)
        {
            return (new HistoryQuery(new HistoryTimes(null, null), DefaultCount, null), Problem.NotSupported("A history does not take this parameter.", $"http.{unknown}"));
        }

        HistoryQuery query = new(new HistoryTimes(null, null), DefaultCount, null);
        foreach ((string name, StringValues values) in parameters.Where(parameter => Knows(parameter.Key)))
        {
            if (values is not [{ Length: > 0 } value])
            {
                return (query, Invalid(name, "A parameter has exactly one value here."));
            }

            // A plus sign that was not encoded arrives as a space.
            DateRange? period = name is "_since" or "_at" ? DateRange.Parse(value.Replace(' ', '+')) : null;
            switch (name)
            {
                case "_since" when period is { Start: var since }:
                    query = query with { Times = query.Times with { Since = since } };
                    break;
                case "_at" when period is { } at:
                    query = query with { Times = query.Times with { At = (at.Start, at.End) } };
                    break;
                case "_since" or "_at":
                    return (query, Invalid(name, "This is a date or a time, such as 2024-03-01T09:30:00Z."));
                case "_count" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count):
                    query = query with { Count = Math.Min(count, MaxCount) };
                    break;
                case "_count":
                    return (query, Invalid(name, "_count is a whole number."));
                case PageParameter:
                    query = query with { Page = value };
                    break;
            }
        }

        return (query, null);
    }

    public static Problem Invalid(string name, string words) => new(ProblemKind.Invalid, "parameter-invalid", words, $"http.{name}");
}
