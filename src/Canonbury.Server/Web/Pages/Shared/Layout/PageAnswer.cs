using Canonbury.Access.Callers;
using Canonbury.Access.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Canonbury.Server.Web.Pages.Shared.Layout;

/// <summary>Makes the answer of an endpoint from a page component.</summary>
public static class PageAnswer
{
    /// <param name="parameters">The parameters of the page; the viewer is added.</param>
    public static IResult Of<T>(HttpContext context, int status, params IEnumerable<(string Name, object? Value)> parameters)
        where T : IComponent
    {
        Dictionary<string, object?> all = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
        all["Viewer"] = Viewers.Of(CallerOf(context));
        return new RazorComponentResult<T>(all) { StatusCode = status, PreventStreamingRendering = true };
    }

    public static IResult Of<T>(HttpContext context, params IEnumerable<(string Name, object? Value)> parameters)
        where T : IComponent => Of<T>(context, StatusCodes.Status200OK, parameters);

    public static Caller? CallerOf(HttpContext context) => CallerIdentity.Of(context.User);
}
