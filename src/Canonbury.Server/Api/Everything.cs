using System.Globalization;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Search.Values;
using Canonbury.Fhir.Types;
using Canonbury.Record.Reading;
using Canonbury.Record.Search;

namespace Canonbury.Server.Api;

/// <summary>
/// <c>GET [base]/Patient/[id]/$everything</c>, and of a Person: all that is about the person, from every source that the grant shows.
/// https://hl7.org/fhir/R4/patient-operation-everything.html
/// </summary>
internal static class Everything
{
    public static async Task<FhirAnswer> AnswerAsync(FhirCall call)
    {
        IReadOnlyList<OwnResource> patients = await Subjects.OfAsync(call);
        if (patients.Count == 0)
        {
            return FhirAnswer.Of(Problem.NotFound(call.Type));
        }

        (EverythingQuery? query, string? cursor, Problem? refused) = Read(call);
        if (query is null)
        {
            return FhirAnswer.Of(refused!);
        }

        PageLinks links = PageLinks.Of(call, cursor);
        PagePosition? after = links.Position;
        if (cursor is not null && after is null)
        {
            return FhirAnswer.Of(PageLinks.Foreign);
        }

        SearchAnswer answer = call.Rooms.Everything.Everything(call.Grant, [.. patients.Select(patient => patient.Owner)], query, after);
        return answer.Page is { } page ? Search.Answer(call, page, links, []) : FhirAnswer.Of(answer.Problem!);
    }

    private static (EverythingQuery? Query, string? Cursor, Problem? Refused) Read(FhirCall call)
    {
        EverythingQuery query = new(null, null, null, Linked: true, null);
        string? cursor = null;
        foreach ((string name, string value) in RequestParameters.All(call.Context.Request))
        {
            string text = value.Replace(' ', '+');
            DateRange? time = name is "_since" or "start" or "end" ? DateRange.Parse(text) : null;
            switch (name)
            {
                case "_type" when value.Split(',') is var types && Array.TrueForAll(types, ResourceTypes.Contains):
                    query = query with { Types = types.ToHashSet(StringComparer.Ordinal) };
                    break;
                case "_since" when time is { Start: var since }:
                    query = query with { Since = since };
                    break;
                case "start" when time is { } start:
                    query = query with { During = new DateRange(start.First, query.During?.Last ?? DateRange.Always.Last) };
                    break;
                case "end" when time is { } end:
                    query = query with { During = new DateRange(query.During?.First ?? DateRange.Always.First, end.Last) };
                    break;
                case "_count" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0:
                    query = query with { Count = Math.Min(count, SearchLimits.PageSize) };
                    break;
                case "_linked" when value is "true" or "false":
                    query = query with { Linked = value == "true" };
                    break;
                case HistoryQuery.PageParameter:
                    cursor = value;
                    break;
                case "_format" or "_pretty" or "_summary" or "_elements":
                    break;
                case "_type" or "_since" or "start" or "end" or "_count" or "_linked":
                    return (null, null, HistoryQuery.Invalid(name, "The value is not one that this parameter can have."));
                default:
                    return (null, null, Problem.NotSupported("This operation does not take this parameter.", $"http.{name}"));
            }
        }

        return (query, cursor, null);
    }
}

/// <summary>Whom an operation on a Patient or Person is about.</summary>
internal static class Subjects
{
    /// <summary>The URL's Patient, or the patients of its Person; none where the grant shows no such resource.</summary>
    public static async Task<IReadOnlyList<OwnResource>> OfAsync(FhirCall call) => call.Type == "Person" ? await Persons.ShownAsync(call, call.Id)
        : call.FinalId() is { } id && call.Rooms.Reader.Read(call.Grant, "Patient", id, version: null) is { Deleted: false } patient ? [patient]
        : [];
}
