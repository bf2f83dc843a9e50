using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;

namespace Canonbury.Server.Api;

/// <summary>FHIR read interaction, <c>GET [base]/[type]/[id]</c>. https://hl7.org/fhir/R4/http.html#read</summary>
internal static class Read
{
    public static Task<FhirAnswer> AnswerAsync(FhirCall call) => Task.FromResult(Version(call, version: null));

    /// <param name="version">Null for the newest.</param>
    public static FhirAnswer Version(FhirCall call, int? version)
    {
        OwnResource? stored = call.FinalId() is { } id ? call.Rooms.Reader.Read(call.Grant, call.Type, id, version) : null;
        return stored switch
        {
            null => FhirAnswer.Of(Problem.NotFound(call.Type)),

            // http.html#read: what was deleted answers 410, not 404.
            { Deleted: true } => FhirAnswer.Of(Problem.Gone(call.Type)) with { Resource = stored },
            _ when NotModified(call, stored) => FhirAnswer.Of(StatusCodes.Status304NotModified, stored, withBody: false),
            _ => FhirAnswer.Of(StatusCodes.Status200OK, stored),
        };
    }

    // http.html#cread
    private static bool NotModified(FhirCall call, OwnResource stored) =>
        call.Context.Request.Headers.IfNoneMatch.Any(tag => EntityTag.Version(tag) == stored.Version);
}
