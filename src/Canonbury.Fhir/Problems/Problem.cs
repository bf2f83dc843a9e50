using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Problems;

/// <summary>The kinds of expected failure: a closed set, mapped once to a status and an issue type by <see cref="ProblemTable"/>.</summary>
public enum ProblemKind
{
    NotFound,
    Gone,
    Invalid,
    Unprocessable,
    Conflict,
    VersionConflict,
    Forbidden,
    Unauthorised,
    TooMany,
    TooCostly,
    Unavailable,
    NotSupported,
    MethodNotAllowed,
    UnsupportedMedia,
    NotAcceptable,
    TooLarge,
    UrlTooLong,
}

/// <summary>An expected failure as a value: its kind, and what is wrong, each with the element that it is about.</summary>
public sealed record Problem(ProblemKind Kind, IReadOnlyList<Issue> Issues)
{
    public Problem(ProblemKind kind, string code, string words, string? expression = null)
        : this(kind, [new Issue(code, words, expression, Type: ProblemTable.TypeOf(kind))])
    {
    }

    public int Status => ProblemTable.StatusOf(Kind);

    /// <summary>Also what went well enough to be only a warning stands in it, so that a sender sees everything at once.</summary>
    public OperationOutcome ToOutcome() => Outcomes.Of(Issues);

    public static Problem NotFound(string type) => new(ProblemKind.NotFound, "not-found", $"There is no such {type} for this client.");

    public static Problem Gone(string type) => new(ProblemKind.Gone, "deleted", $"This {type} has been deleted.");

    public static Problem Refused(IReadOnlyList<Issue> issues) => new(ProblemKind.Invalid, issues);

    public static Problem NotSupported(string words, string? expression = null) =>
        new(ProblemKind.NotSupported, "not-supported", words, expression);
}
