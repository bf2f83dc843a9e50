using Canonbury.Access.Audit;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>FHIR transaction and batch, <c>POST [base]</c>. https://hl7.org/fhir/R4/http.html#transaction</summary>
internal static class Bundles
{
    public static async Task<FhirAnswer> AnswerAsync(FhirCall call)
    {
        Body body = await Bodies.ReadAsync(call);
        if (body.Problem is { } unreadable)
        {
            return FhirAnswer.Of(unreadable);
        }

        if (body.Resource is not Bundle bundle)
        {
            return FhirAnswer.Of(new Problem(ProblemKind.Invalid, "type-mismatch", "A transaction or batch is a Bundle.",
                body.Resource?.TypeName));
        }

        PushContext context = call.PushContext(PushLookups.Of(call.Source, call.Ids, bundle, call.BaseUrl));
        bool atomic = bundle.Type == Bundle.BundleType.Transaction;
        PushResult push = body.With(FhirPushTranslator.Entries(bundle, context));
        if (push.Problem is { } refused)
        {
            return FhirAnswer.Of(refused);
        }

        WriteOutcome outcome = await call.Rooms.Writer.WriteAsync(new FhirWrite(call.Source, push, body.Bytes));
        if (outcome.Problem is { } problem)
        {
            return FhirAnswer.Of(problem);
        }

        Bundle response = new()
        {
            Type = atomic ? Bundle.BundleType.TransactionResponse : Bundle.BundleType.BatchResponse,
            Entry = [.. outcome.Entries.Select(e => Entry(call, e))],
        };
        List<OwnResource> stored = [.. outcome.Entries.Select(e => e.Stored).OfType<OwnResource>()];
        return new FhirAnswer(StatusCodes.Status200OK, FhirJson.ToUtf8(response))
        {
            Shown = new ShownItems
            {
                Patients = [.. stored.Select(s => s.Owner).Distinct()],
                Counts = new SortedDictionary<string, int>(
                    stored.CountBy(s => s.Type).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            },
        };
    }

    // https://hl7.org/fhir/R4/http.html#transaction-response
    private static Bundle.EntryComponent Entry(FhirCall call, WrittenEntry written)
    {
        Bundle.ResponseComponent response = (written.Problem ?? written.Entry.Problem, written.Stored) switch
        {
            ({ } problem, _) => new Bundle.ResponseComponent { Status = $"{problem.Status}", Outcome = problem.ToOutcome() },
            (null, { Deleted: false } stored) => new Bundle.ResponseComponent
            {
                Status = written.Created ? "201 Created" : "200 OK",
                Location = $"{call.BaseUrl}/{stored.Type}/{stored.Id}/_history/{stored.Version}",
                Etag = EntityTag.Of(stored.Version),
                LastModified = stored.LastModified,
            },
            _ => new Bundle.ResponseComponent { Status = "204 No Content" },
        };
        return new Bundle.EntryComponent { Response = response };
    }
}
