using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>One thing that was sent, a single resource or an entry of a bundle, while it is translated.</summary>
internal sealed class Submission(int? entry, PushMethod method, string type, string? sentId, Resource? resource)
{
    public int? Entry { get; } = entry;

    public PushMethod Method { get; } = method;

    public string Type { get; } = type;

    /// <summary>The id that the sender uses for it; null where the server makes it.</summary>
    public string? SentId { get; } = sentId;

    public Resource? Resource { get; } = resource;

    public string? FullUrl { get; init; }

    public string? IfMatch { get; init; }

    public string FinalId { get; set; } = "";

    public List<Issue> Issues { get; } = [];

    public string FinalReference => $"{Type}/{FinalId}";

    /// <summary>The FHIRPath of the resource in what was sent.</summary>
    public string Root => Entry is { } index ? $"Bundle.entry[{index}].resource" : Type;

    /// <summary>The FHIRPath of an element of the resource, given as <c>Type.element</c>.</summary>
    public string At(string element) => Entry is null ? element : Root + element[Type.Length..];
}
