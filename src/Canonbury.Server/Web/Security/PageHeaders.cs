namespace Canonbury.Server.Web.Security;

/// <summary>The response headers of every page: nothing from outside, nothing inline, nothing kept.</summary>
public static class PageHeaders
{
    /// <summary>
    /// Scripts, styles, images and documents come from this service only; forms go back to it; no other site may frame a page.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; object-src 'self'; frame-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Adds the headers to what the pages answer; <c>/fhir</c> and the health endpoints have their own.</summary>
    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        if (!context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
        {
            // As the form tokens set it, which warn of any other value at each page.
            headers.CacheControl = "no-cache, no-store";
        }

        return next(context);
    });
}
