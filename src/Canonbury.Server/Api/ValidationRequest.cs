using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;

namespace Canonbury.Server.Api;

/// <summary>What is to be checked besides the content. https://hl7.org/fhir/R4/valueset-resource-validation-mode.html</summary>
internal enum ValidationMode
{
    Create,
    Update,
    Delete,
}

/// <summary>What <c>$validate</c> is asked: in the URL, or in Parameters with the resource.</summary>
/// <param name="Parsed">The resource and what is wrong with it; null where none was sent.</param>
internal sealed record ValidationRequest(Parsed? Parsed, IReadOnlyList<string> Profiles, ValidationMode? Mode)
{
    private const string ResourceParameter = "resource";

    public static (ValidationRequest Request, Problem? Refused) Of(IQueryCollection query) => Of(null, [.. query["profile"].OfType<string>()], query["mode"]);

    public static (ValidationRequest Request, Problem? Refused) Of(IQueryCollection query, ParsedBody body)
    {
        if (body.Problem is { } unreadable)
        {
            return (new ValidationRequest(null, [], null), unreadable);
        }

        IReadOnlyList<string> profiles = [.. query["profile"].OfType<string>()];
        if (body.Parsed!.Resource is not Parameters parameters)
        {
            // What cannot be read at all is no resource that could be checked.
            return body.Parsed.Resource is null
                ? (new ValidationRequest(null, [], null), Problem.Refused(body.Parsed.Issues))
                : Of(body.Parsed, profiles, query["mode"]);
        }

        try
        {
            return Inside(body.Parsed, parameters, profiles, query["mode"]);
        }
        catch (CodedException)
        {
            // The SDK throws where an element is asked for that it found in another shape.
            return (new ValidationRequest(null, [], null), Problem.Refused(body.Parsed.Issues));
        }
    }

    private static (ValidationRequest Request, Problem? Refused) Inside(Parsed sent, Parameters parameters, IReadOnlyList<string> profiles, string? mode)
    {
        int at = parameters.Parameter.FindIndex(parameter => parameter.Name == ResourceParameter);
        Parsed? inner = at >= 0 && parameters.Parameter[at].Resource is { } resource
            ? new Parsed(resource, [.. sent.Issues.Select(issue => issue with { Expression = Inside(issue.Expression, at, resource.TypeName) })])
            : null;
        return Of(
            inner,
            [.. profiles, .. parameters.Parameter.Where(parameter => parameter.Name == "profile").Select(Text).OfType<string>()],
            parameters.Parameter.Where(parameter => parameter.Name == "mode").Select(Text).FirstOrDefault() ?? mode);
    }

    private static (ValidationRequest Request, Problem? Refused) Of(Parsed? parsed, IReadOnlyList<string> profiles, string? mode)
    {
        ValidationMode? known = mode switch
        {
            "create" => ValidationMode.Create,
            "update" => ValidationMode.Update,
            "delete" => ValidationMode.Delete,
            _ => null,
        };
        return (
            new ValidationRequest(parsed, profiles, known),
            known is null && !string.IsNullOrEmpty(mode) ? HistoryQuery.Invalid("mode", "The mode is one of create, update and delete.") : null);
    }

    // An element is named as in the resource itself.
    private static string? Inside(string? expression, int at, string type)
    {
        string before = $"Parameters.parameter[{at}].resource";
        return expression?.StartsWith(before, StringComparison.Ordinal) == true ? type + expression[before.Length..] : expression;
    }

    private static string? Text(Parameters.ParameterComponent parameter) => (parameter.Value as PrimitiveType)?.JsonValue as string;
}
