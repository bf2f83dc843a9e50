using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Statements;

namespace Canonbury.Translate.FhirPush;

/// <summary>What one resource or bundle entry means.</summary>
/// <param name="Entry">The entry's place in the bundle; null for a single resource.</param>
/// <param name="Id">The final id.</param>
/// <param name="Statements">The statement about the resource first; none where nothing is to be written.</param>
/// <param name="IfMatch">The version that the sender expects; null where it expects none.</param>
public sealed record PushEntry(
    int? Entry, PushMethod Method, string Type, string Id, IReadOnlyList<ResourceStatement> Statements, int? IfMatch)
{
    /// <summary>Written only where nothing is there.</summary>
    public bool OnlyNew { get; init; }

    /// <summary>The version that a patch was applied to: where another is there, it must be applied again.</summary>
    public int? PatchOf { get; init; }

    /// <summary>The FHIRPath of the resource in what was sent.</summary>
    public string Element => Entry is { } index ? $"Bundle.entry[{index}].resource" : Type;

    /// <summary>Where the version to match was sent.</summary>
    public string IfMatchElement => Entry is { } index ? $"Bundle.entry[{index}].request.ifMatch" : "http.If-Match";

    /// <summary>Where it was sent that nothing may be there.</summary>
    public string OnlyNewElement => Entry is { } index ? $"Bundle.entry[{index}].request.ifNoneMatch" : "http.If-None-Match";
}

/// <summary>What requests mean that are written together or not at all: entries in their order.</summary>
/// <param name="Problem">Why the whole was refused, with every entry's issues; null where it may be written.</param>
/// <param name="Findings">What was wrong but did not stop it, such as an invalid NHS number.</param>
public sealed record PushResult(IReadOnlyList<PushEntry> Entries, Problem? Problem, IReadOnlyList<Finding> Findings)
{
    public IReadOnlyList<ResourceStatement> Statements => Problem is null ? [.. Entries.SelectMany(e => e.Statements)] : [];
}
