using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Canonbury.Server.Api;

/// <summary>The parameters of the URL and of a posted form. https://hl7.org/fhir/R4/http.html#parameters</summary>
internal static class RequestParameters
{
    /// <summary>True where the body is a form as FHIR posts one; the other kind, with parts, is not read.</summary>
    public static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a form to its end, once, so that its parameters are there with those of the URL.</summary>
    /// <exception cref="BadHttpRequestException">The form is too large or not one.</exception>
    public static async Task ReadFormAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (HttpMethods.IsPost(request.Method) && IsForm(request))
        {
            try
            {
                await request.ReadFormAsync(cancellation);
            }
            catch (InvalidDataException none)
            {
                throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, none);
            }
        }
    }

    /// <summary>The value of a parameter, of the URL before the form; null where neither has one.</summary>
    public static string? Value(HttpRequest request, string name) =>
        request.Query[name] is [{ Length: > 0 } value, ..] ? value
        : Form(request)?[name] is [{ Length: > 0 } posted, ..] ? posted
        : null;

    /// <summary>Every parameter, each value by itself, those of the URL before those of the form.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All(HttpRequest request) =>
    [
        .. from parameter in request.Query.Concat(Form(request) ?? Enumerable.Empty<KeyValuePair<string, StringValues>>())
           from value in parameter.Value
           select KeyValuePair.Create(parameter.Key, value ?? ""),
    ];

    private static IFormCollection? Form(HttpRequest request) => request.HttpContext.Features.Get<IFormFeature>()?.Form;
}
