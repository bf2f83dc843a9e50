using Canonbury.Fhir.Json.Shaping;
using Canonbury.Fhir.Problems;

namespace Canonbury.Server.Api;

/// <summary>What a client wants of each resource: <c>_summary</c> and <c>_elements</c>. https://hl7.org/fhir/R4/http.html#parameters</summary>
/// <param name="IsCount">Only how many there are: for what answers with a bundle.</param>
internal sealed record Shaping(Shape Shape, bool IsCount)
{
    /// <summary>Reads the parameters of the URL and of a form that was read; refuses values that the standard does not have.</summary>
    public static (Shaping Shaping, Problem? Refused) Of(HttpRequest request)
    {
        string? summary = RequestParameters.Value(request, "_summary");
        (Shape shape, Problem? refused) = ShapeParameters.Of(summary, RequestParameters.Value(request, "_elements"));
        return (new Shaping(shape, summary == "count"), refused ?? Formats.PrettyRefusal(request));
    }

    /// <summary>The resource as it is to be shown; the same bytes where all of it is.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> json) => Shape.Apply(json);
}
