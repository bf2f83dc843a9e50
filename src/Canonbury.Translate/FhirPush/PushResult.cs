using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Statements;

namespace Canonbury.Translate.FhirPush;

/// <summary>What an entry asks for. https://hl7.org/fhir/R4/http.html</summary>
public enum PushMethod
{
    Create,
    Update,
    Delete,
}

/// <summary>What one resource or bundle entry means.</summary>
/// <param name="Entry">The entry's place in the bundle; null for a single resource.</param>
/// <param name="Id">The final id.</param>
/// <param name="Statements">The statement about the resource first; none where it was refused, or deleted and not known.</param>
/// <param name="IfMatch">The version that the sender expects; null where it expects none.</param>
/// <param name="Problem">Why the entry was refused.</param>
public sealed record PushEntry(
    int? Entry,
    PushMethod Method,
    string Type,
    string Id,
    IReadOnlyList<ResourceStatement> Statements,
    int? IfMatch,
    Problem? Problem)
{
    /// <summary>The FHIRPath of the resource in what was sent.</summary>
    public string Element => Entry is { } index ? $"Bundle.entry[{index}].resource" : Type;

    /// <summary>Where the version to match was sent.</summary>
    public string IfMatchElement => Entry is { } index ? $"Bundle.entry[{index}].request.ifMatch" : "http.If-Match";
}

/// <summary>What a push means: entries in the order of the bundle.</summary>
/// <param name="Atomic">True where one refused entry refuses all (a transaction, a single resource).</param>
/// <param name="Problem">Why the whole was refused, with every entry's issues; null where it may be written.</param>
/// <param name="Findings">What was wrong but did not stop it, such as an invalid NHS number.</param>
public sealed record PushResult(IReadOnlyList<PushEntry> Entries, bool Atomic, Problem? Problem, IReadOnlyList<Finding> Findings)
{
    public IReadOnlyList<ResourceStatement> Statements => Problem is null ? [.. Entries.SelectMany(e => e.Statements)] : [];

    internal static PushResult Refused(Problem problem) => new([], true, problem, []);
}
