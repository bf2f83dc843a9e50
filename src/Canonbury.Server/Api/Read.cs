using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;
using Microsoft.AspNetCore.Http.Headers;

namespace Canonbury.Server.Api;

/// <summary>FHIR read interaction, <c>GET [base]/[type]/[id]</c>. https://hl7.org/fhir/R4/http.html#read</summary>
internal static class Read
{
    public static Task<FhirAnswer> AnswerAsync(FhirCall call) => Task.FromResult(Version(call, version: null));

    /// <param name="version">Null for the newest.</param>
    public static FhirAnswer Version(FhirCall call, int? version)
    {
        if (call.Shaping.IsCount)
        {
            return FhirAnswer.Of(new Problem(ProblemKind.Invalid, "parameter-invalid", "_summary=count is for searches and histories.", "http._summary"));
        }

        OwnResource? stored = call.FinalId() is { } id ? call.Rooms.Reader.Read(call.Grant, call.Type, id, version) : null;
        return stored switch
        {
            null => FhirAnswer.Of(Problem.NotFound(call.Type)),

            // http.html#read: what was deleted answers 410, not 404.
            { Deleted: true } => FhirAnswer.Of(Problem.Gone(call.Type)) with { Resource = stored },
            _ when NotModified(call.Context.Request.GetTypedHeaders(), stored) => FhirAnswer.Of(StatusCodes.Status304NotModified, stored, withBody: false),
            _ => FhirAnswer.Of(StatusCodes.Status200OK, stored) with { Json = call.Shaping.Apply(version is null ? PatientLinks.With(call, stored).Json : stored.Json) },
        };
    }

    // http.html#cread; RFC 9110 section 13.2.2: the version decides where it is named, else the time, which has no fractions.
    private static bool NotModified(RequestHeaders headers, OwnResource stored) => headers.IfNoneMatch.Count > 0
        ? headers.IfNoneMatch.Any(tag => tag.Tag == "*" || EntityTag.Version(tag.Tag.Value) == stored.Version)
        : headers.IfModifiedSince is { } since && stored.LastModified.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds();
}
