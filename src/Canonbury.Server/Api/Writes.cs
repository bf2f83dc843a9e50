using Canonbury.Fhir.Problems;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>What create, update and delete share: write one resource, answer with its version.</summary>
internal static class Writes
{
    public static async Task<FhirAnswer> OneAsync(FhirCall call, PushResult push, byte[] body)
    {
        if (push.Problem is { } refused)
        {
            return FhirAnswer.Of(refused);
        }

        WriteOutcome outcome = await call.Rooms.Writer.WriteAsync(new FhirWrite(call.Source, push, body));
        if ((outcome.Problem ?? outcome.Entries[0].Problem) is { } problem)
        {
            return FhirAnswer.Of(problem);
        }

        WrittenEntry written = outcome.Entries[0];
        if (written.Stored is not { Deleted: false } stored)
        {
            return new FhirAnswer(StatusCodes.Status204NoContent, default) { Resource = written.Stored };
        }

        // R4 http.html#ops: the client's preference; the representation where it has none.
        bool minimal = call.Context.Request.Headers["Prefer"].ToString().Contains("return=minimal", StringComparison.Ordinal);
        return FhirAnswer.Of(written.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, stored, withBody: !minimal) with
        {
            Location = $"{call.BaseUrl}/{stored.Type}/{stored.Id}/_history/{stored.Version}",
        };
    }

    public static Problem OtherType(Resource sent) =>
        new(ProblemKind.Invalid, "type-mismatch", "The resource is not of the type in the URL.", sent.TypeName);

    public static string? IfMatch(FhirCall call) => call.Context.Request.Headers.IfMatch is [{ } tag, ..] ? tag : null;
}
