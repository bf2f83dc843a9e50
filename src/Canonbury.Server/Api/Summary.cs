using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.PatientSummary;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Record.Search;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;
using Canonbury.Server.Web.Words;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>
/// <c>GET [base]/Patient/[id]/$summary</c>: the International Patient Summary, a document made when it is asked for (feature C7).
/// https://hl7.org/fhir/uv/ips/OperationDefinition-summary.html
/// </summary>
internal static class Summary
{
    public static async Task<FhirAnswer> AnswerAsync(FhirCall call)
    {
        if (await Subjects.OfAsync(call) is not [var asked, ..])
        {
            return FhirAnswer.Of(Problem.NotFound(call.Type));
        }

        bool linked = RequestParameters.Value(call.Context.Request, "_linked") != "false";
        SearchAnswer answer = call.Rooms.Everything.Everything(call.Grant, [asked.Owner], new EverythingQuery(null, null, null, linked, null), after: null);
        if (answer.Page is not { } page)
        {
            return FhirAnswer.Of(answer.Problem!);
        }

        List<Resource> all = [.. page.Matches.Select(Parse)];
        Patient subject = all.OfType<Patient>().First(patient => patient.Id == asked.Id);
        IReadOnlyList<NotYetUsable> waiting = await call.Rooms.Waiting([.. page.Matches.Select(one => one.Owner).Distinct()], call.Cancellation);
        SummaryFacts facts = new(await SourcesAsync(call), new HashSet<Section>(), waiting.Sum(one => one.Count));
        Bundle document = SummaryDocument.Make(
            new SummarySubject(subject, [.. all.OfType<Patient>()], call.BaseUrl), [.. all.Where(resource => resource is not Patient)], facts, call.Rooms.Time.GetUtcNow(), FhirDate.Span);
        return new FhirAnswer(StatusCodes.Status200OK, FhirJson.ToUtf8(document)) { Shown = Search.ShownItemsOf(page.Matches) };
    }

    /// <summary>How every source stands whose resources the client may read, so that a silent one is named (feature C10).</summary>
    private static async Task<IReadOnlyList<SummarySource>> SourcesAsync(FhirCall call)
    {
        DateTimeOffset now = call.Rooms.Time.GetUtcNow();
        return
        [
            .. from source in await call.Rooms.Standings(call.Cancellation)
               where call.Grant.Scope == GrantScope.EverySource || source.Id == call.Source.Value
               select new SummarySource(source.Name, source.LastReceived, source.At(now) is Freshness.Fresh or Freshness.Late),
        ];
    }

    private static Resource Parse(OwnResource stored) =>
        FhirJson.ParseStored(stored.Json.Span).Resource ?? throw new InvalidDataException("A stored resource cannot be read.");
}
