using Canonbury.Access.Audit;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Validation;
using Canonbury.Record.Reading;
using Canonbury.Server.Api.Profiles;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR operation <c>$validate</c> on a type or on one resource: says what is wrong with a resource, and keeps nothing. Where it could be read, the
/// answer is 200 whatever it says. https://hl7.org/fhir/R4/resource-operation-validate.html
/// </summary>
internal static class Validate
{
    private static readonly Issue Fine = new(
        "valid", "Nothing is wrong.", Type: OperationOutcome.IssueType.Informational, Severity: OperationOutcome.IssueSeverity.Information);

    private static readonly Problem NoResource = new(
        ProblemKind.Invalid, "resource-absent", "Send the resource as the body, or as the parameter resource of Parameters.", "Parameters.parameter");

    public static async Task<FhirAnswer> AnswerAsync(FhirCall call)
    {
        bool hasBody = HttpMethods.IsPost(call.Context.Request.Method) && (call.Id.Length == 0 || call.Context.Request.ContentLength is not (null or 0));
        (ValidationRequest request, Problem? refused) = hasBody
            ? ValidationRequest.Of(call.Context.Request.Query, await Bodies.ParseAsync(call))
            : ValidationRequest.Of(call.Context.Request.Query);
        if (refused is not null)
        {
            return FhirAnswer.Of(refused);
        }

        OwnResource? stored = call.Id.Length > 0 && call.FinalId() is { } id ? call.Rooms.Reader.Read(call.Grant, call.Type, id, null) : null;
        if (request.Mode == ValidationMode.Delete)
        {
            return call.Id.Length == 0
                ? FhirAnswer.Of(HistoryQuery.Invalid("mode", "What is to be deleted stands in the URL: [type]/[id]/$validate."))
                : Answer(stored is { Deleted: false } ? [] : Problem.NotFound(call.Type).Issues, stored);
        }

        if (!hasBody)
        {
            return stored switch
            {
                null => FhirAnswer.Of(Problem.NotFound(call.Type)),
                { Deleted: true } => FhirAnswer.Of(Problem.Gone(call.Type)),
                _ => Answer(Checked(call, request with { Parsed = FhirJson.Parse(stored.Json.Span) }), stored),
            };
        }

        return request.Parsed is null ? FhirAnswer.Of(NoResource) : Answer(Checked(call, request), null);
    }

    private static List<Issue> Checked(FhirCall call, ValidationRequest request)
    {
        List<Issue> issues = [.. request.Parsed!.Issues];
        if (request.Parsed.Resource is not { } resource)
        {
            return issues;
        }

        if (resource.TypeName != call.Type)
        {
            issues.AddRange(Writes.OtherType(resource).Issues);
            return issues;
        }

        // What is no R4 cannot be walked safely: a profile only narrows what R4 allows.
        if (request.Parsed.IsValid)
        {
            issues.AddRange(BaseInvariants.Check(resource));
            ProfileLibrary library = call.Context.RequestServices.GetRequiredService<ProfileLibrary>();
            issues.AddRange(ProfileValidation.Check(resource, library.Profiles, request.Profiles));

            // Whether it would be taken in: the same words as when it is sent.
            issues.AddRange(request.Mode is { } mode ? WouldBe.Refused(call, resource, mode)?.Issues ?? [] : []);
        }

        return issues;
    }

    private static FhirAnswer Answer(IReadOnlyList<Issue> issues, OwnResource? about) => new(
        StatusCodes.Status200OK, FhirJson.ToUtf8(Outcomes.Of(issues.Count == 0 ? [Fine] : issues)))
    {
        Shown = about is null ? ShownItems.Nothing : FhirAnswer.Of(200, about).Shown,
    };
}
