using System.Globalization;
using Canonbury.Access.Audit;
using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;
using Microsoft.Extensions.Primitives;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR search of one type by <c>patient</c>, <c>subject</c>, <c>identifier</c> and <c>_id</c>; any other parameter is refused, so that no
/// answer is wider than its question. https://hl7.org/fhir/R4/search.html
/// </summary>
internal static class SearchByPatient
{
    private const int DefaultCount = 50;
    private const int MaxCount = 1000;

    public static async Task<FhirAnswer> AnswerAsync(FhirCall call)
    {
        List<KeyValuePair<string, StringValues>> parameters = [.. call.Context.Request.Query];
        if (HttpMethods.IsPost(call.Context.Request.Method))
        {
            if (!call.Context.Request.HasFormContentType)
            {
                return FhirAnswer.Of(new Problem(ProblemKind.UnsupportedMedia, "format-not-supported", "A search is posted as a form."));
            }

            parameters.AddRange(await call.Context.Request.ReadFormAsync(call.Cancellation));
        }

        (OwnSearch search, Problem? refused) = Read(call, parameters);
        if (refused is not null)
        {
            return FhirAnswer.Of(refused);
        }

        if (call.Rooms.Reader.Search(call.Grant, search with { Limit = search.Limit + 1 }) is not { } found)
        {
            return FhirAnswer.Of(new Problem(ProblemKind.TooCostly, "too-costly", "The search is not narrow enough: name a patient or ids."));
        }

        IReadOnlyList<OwnResource> page = [.. found.Take(search.Limit)];
        string? next = found.Count > search.Limit ? Link(call, parameters, page[^1].Id) : null;
        return new FhirAnswer(StatusCodes.Status200OK, SearchBundle.Of(call.BaseUrl, Link(call, parameters, search.After), next, page))
        {
            Shown = new ShownItems
            {
                Patients = [.. page.Select(r => r.Owner).Distinct()],
                Items = page.Count > ShownItems.MostItems ? [] : [.. page.Select(r => new ShownItem(r.Type, r.Id, r.Version))],
                Counts = new SortedDictionary<string, int>(StringComparer.Ordinal) { [call.Type] = page.Count },
            },
        };
    }

    private static (OwnSearch Search, Problem? Refused) Read(
        FhirCall call, List<KeyValuePair<string, StringValues>> parameters)
    {
        OwnSearch search = new(call.Type, null, null, null, null, DefaultCount);
        foreach ((string name, StringValues values) in parameters)
        {
            if (values is not [{ Length: > 0 } value])
            {
                return (search, Problem.NotSupported("A parameter has exactly one value here.", $"http.{name}"));
            }

            switch (name)
            {
                case "_format":
                    break;
                case "_id":
                    search = search with { Ids = Ids(call, value) };
                    break;
                case "patient" or "subject" when PatientCompartment.Names(call.Type) || call.Type == "Patient":
                    if (PatientIn(call, value) is not { } patient || (search.Patient is { } other && other != patient))
                    {
                        return (search, Problem.NotSupported("Name one patient, as Patient/id or id.", $"http.{name}"));
                    }

                    search = search with { Patient = patient };
                    break;
                case "identifier":
                    search = search with { Identifier = Token(value) };
                    break;
                case "_count" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0:
                    search = search with { Limit = Math.Min(count, MaxCount) };
                    break;
                case "_after":
                    search = search with { After = value };
                    break;
                default:
                    return (search, Problem.NotSupported("This server does not search by this parameter.", $"http.{name}"));
            }
        }

        return (search, null);
    }

    // Ids as we gave them, or as the source sent them.
    private static HashSet<string> Ids(FhirCall call, string value)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (string id in value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            PushContext context = call.PushContext(PushLookups.Of(call.Source, call.Ids, call.Type, id));
            wanted.Add(context.FinalId(call.Type, id));
        }

        return wanted;
    }

    private static PatientId? PatientIn(FhirCall call, string value)
    {
        string id = value.StartsWith("Patient/", StringComparison.Ordinal) ? value["Patient/".Length..] : value;
        if (id.Length == 0 || id.AsSpan().ContainsAny('/', ',', '|'))
        {
            return null;
        }

        PushContext context = call.PushContext(PushLookups.Of(call.Source, call.Ids, "Patient", id));
        return context.PatientOf(context.FinalId("Patient", id));
    }

    // https://hl7.org/fhir/R4/search.html#token
    private static (string? System, string Value) Token(string value) =>
        value.IndexOf('|', StringComparison.Ordinal) is >= 0 and int bar ? (value[..bar], value[(bar + 1)..]) : (null, value);

    private static string Link(FhirCall call, List<KeyValuePair<string, StringValues>> parameters, string? after)
    {
        IEnumerable<string> query = parameters
            .Where(p => p.Key != "_after")
            .Append(new KeyValuePair<string, StringValues>("_after", after))
            .Where(p => !StringValues.IsNullOrEmpty(p.Value))
            .Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value.ToString())}");
        return $"{call.BaseUrl}/{call.Type}?{string.Join('&', query)}";
    }
}
