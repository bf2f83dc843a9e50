using Canonbury.Fhir.Problems;

namespace Canonbury.Fhir.Patch;

/// <summary>What a patch made of a resource, as JSON that was not checked yet, or why it could not be applied: then nothing of it was.</summary>
public sealed record Patched(byte[] Json, Problem? Problem)
{
    internal static Patched Malformed(string words, string element) =>
        new([], new Problem(ProblemKind.Invalid, "patch-malformed", words, element));

    internal static Patched Refused(PatchFault fault, string element) =>
        new([], new Problem(ProblemKind.Unprocessable, fault.Code, fault.Words, element));
}

/// <summary>Why one operation of a patch cannot be done on this resource.</summary>
internal sealed record PatchFault(string Code, string Words)
{
    public static readonly PatchFault NothingThere = new("patch-path-not-found", "The resource has nothing at this path.");

    public static readonly PatchFault TooLarge = new("patch-too-large", "The operation would make the resource too large or too deep.");
}
