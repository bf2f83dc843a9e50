using Canonbury.Access.Audit;

namespace Canonbury.Server.Api.Wire;

/// <summary>Answers with an OperationOutcome what fails outside an interaction, such as finding out who asks while the database is away.</summary>
internal static class LastResort
{
    public static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await FhirAnswer.Of(bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Bodies.TooLarge : Bodies.Unreadable).SendAsync(context);
        }
        catch (Exception broken) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(LastResort))
                .LogError(broken, "A FHIR request failed: {Method} {Pattern}", context.Request.Method, context.GetEndpoint()?.DisplayName);
            await (broken is AuditUnavailableException || Database.Session.IsPassing(broken) ? FhirCall.Unavailable(context) : FhirAnswer.Failed).SendAsync(context);
        }
    }
}
