using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>One request while it is translated.</summary>
internal sealed class Submission(PushRequest request)
{
    public PushRequest Request { get; } = request;

    public PushMethod Method => Request.Method;

    public string Type => Request.Type;

    public string? SentId => Request.Id;

    public string? FullUrl => Request.FullUrl;

    /// <summary>What is to be written; null for a delete, and where nothing is.</summary>
    public Resource? Resource { get; } = request.Method is PushMethod.Create or PushMethod.Update ? request.Resource : null;

    public string FinalId { get; set; } = "";

    public List<Issue> Issues { get; } = [];

    /// <summary>Why nobody can say whose it is; null where somebody can.</summary>
    public Issue? Unattributed { get; set; }

    public string FinalReference => $"{Type}/{FinalId}";

    /// <summary>The FHIRPath of the resource in what was sent.</summary>
    public string Root => Request.Entry is { } index ? $"Bundle.entry[{index}].resource" : Type;

    /// <summary>The FHIRPath of an element of the resource, given as <c>Type.element</c>.</summary>
    public string At(string element) => Request.Entry is null ? element : Root + element[Type.Length..];
}
