using System.Globalization;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Canonbury.Server.Api;

/// <summary>
/// An operation that only reads, asked for by POST: its parameters stand in a <c>Parameters</c> resource, or in a form, or nowhere.
/// https://hl7.org/fhir/R4/operations.html#request
/// </summary>
internal static class PostedOperation
{
    /// <summary>The same operation as by GET, with the parameters of the body beside those of the URL.</summary>
    public static Interaction Of(Interaction read) => async call =>
    {
        HttpRequest request = call.Context.Request;
        if (RequestParameters.IsForm(request) || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return await read(call);
        }

        Body body = await Bodies.ReadAsync(call);
        if (body.Resource is not Parameters sent)
        {
            return FhirAnswer.Of(body.Problem ?? new Problem(
                ProblemKind.Invalid, "type-mismatch", "The parameters of an operation are sent as a Parameters resource.", body.Resource!.TypeName));
        }

        if (sent.Parameter.FindIndex(parameter => parameter.Value is not PrimitiveType { JsonValue: not null }) is >= 0 and int other)
        {
            return FhirAnswer.Of(Problem.NotSupported("The parameters of this operation are single values.", $"Parameters.parameter[{other}]"));
        }

        Dictionary<string, StringValues> parameters = sent.Parameter
            .GroupBy(parameter => parameter.Name ?? "", Text, StringComparer.Ordinal)
            .ToDictionary(values => values.Key, values => new StringValues([.. values]), StringComparer.Ordinal);
        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(new FormCollection(parameters)));
        return await read(call);
    };

    private static string Text(Parameters.ParameterComponent parameter) => ((PrimitiveType)parameter.Value!).JsonValue switch
    {
        bool truth => truth ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
