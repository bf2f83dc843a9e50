using Type = Hl7.Fhir.Model.OperationOutcome.IssueType;

namespace Canonbury.Fhir.Problems;

/// <summary>
/// The one mapping of a kind of problem to an HTTP status and an issue type. https://hl7.org/fhir/R4/http.html#Status-Codes
/// </summary>
public static class ProblemTable
{
    public static int StatusOf(ProblemKind kind) => Row(kind).Status;

    public static Type TypeOf(ProblemKind kind) => Row(kind).Type;

    private static (int Status, Type Type) Row(ProblemKind kind) => kind switch
    {
        ProblemKind.NotFound => (404, Type.NotFound),
        ProblemKind.Gone => (410, Type.Deleted),
        ProblemKind.Invalid => (400, Type.Invalid),
        ProblemKind.Unprocessable => (422, Type.BusinessRule),
        ProblemKind.Conflict => (409, Type.Conflict),
        ProblemKind.VersionConflict => (412, Type.Conflict),
        ProblemKind.Forbidden => (403, Type.Forbidden),
        ProblemKind.Unauthorised => (401, Type.Login),
        ProblemKind.TooMany => (429, Type.Throttled),
        ProblemKind.TooCostly => (403, Type.TooCostly),
        ProblemKind.Unavailable => (503, Type.Transient),
        ProblemKind.NotSupported => (400, Type.NotSupported),
        ProblemKind.MethodNotAllowed => (405, Type.NotSupported),
        ProblemKind.UnsupportedMedia => (415, Type.NotSupported),
        ProblemKind.NotAcceptable => (406, Type.NotSupported),
        ProblemKind.TooLarge => (413, Type.TooLong),
        ProblemKind.UrlTooLong => (414, Type.TooLong),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
