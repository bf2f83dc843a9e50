using Canonbury.Access.Audit;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Server.Api;

/// <summary>What an interaction answers, before it is put into the form that the client accepts.</summary>
/// <param name="Json">The body as UTF-8 JSON; empty for none.</param>
internal sealed record FhirAnswer(int Status, ReadOnlyMemory<byte> Json)
{
    /// <summary>For a failure that is a bug or an outage: its cause stands in the log, never in the answer.</summary>
    public static readonly FhirAnswer Failed = new(500, FhirJson.ToUtf8(Outcomes.Of(
    [
        new Issue(
            "internal", "The server failed; nothing is known to have been written. Try again, or tell the people who run it.",
            Type: OperationOutcome.IssueType.Exception, Severity: OperationOutcome.IssueSeverity.Fatal),
    ])));

    /// <summary>Why there is no other answer, as far as it was expected.</summary>
    public Problem? Problem { get; private init; }

    /// <summary>True where the body of a success is an OperationOutcome about it.</summary>
    public bool IsOutcome { get; init; }

    public OwnResource? Resource { get; init; }

    /// <summary>Where the written version is.</summary>
    public string? Location { get; init; }

    /// <summary>The body where it is no FHIR resource.</summary>
    public OtherContent? Content { get; init; }

    /// <summary>What the audit says has left.</summary>
    public ShownItems Shown { get; init; } = ShownItems.Nothing;

    public static FhirAnswer Of(Problem problem) => new(problem.Status, FhirJson.ToUtf8(problem.ToOutcome())) { Problem = problem };

    /// <summary>One resource with its version headers. https://hl7.org/fhir/R4/http.html#versions</summary>
    public static FhirAnswer Of(int status, OwnResource stored, bool withBody = true) => new(status, withBody ? stored.Json : default)
    {
        Resource = stored,
        Shown = new ShownItems { Patients = [stored.Owner], Items = [new ShownItem(stored.Type, stored.Id, stored.Version)] },
    };

    public async Task SendAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (Resource is { } stored)
        {
            response.Headers.ETag = EntityTag.Of(stored.Version);
            response.Headers.LastModified = HeaderUtilities.FormatDate(stored.LastModified);
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Content is { } content)
        {
            await content.SendAsync(context);
            return;
        }

        if (Json.IsEmpty)
        {
            return;
        }

        bool xml = Formats.Accepted(context.Request) == WireFormat.Xml;
        bool pretty = Formats.IsPretty(context.Request);
        ReadOnlyMemory<byte> body = xml ? ToXml(Json, pretty) : pretty ? PrettyJson.Of(Json) : Json;
        response.ContentType = xml ? Formats.Xml : Formats.Json;
        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>A body of its own form, read from where it lies while it is sent.</summary>
    internal sealed record OtherContent(string Type, long Length, Stream Bytes)
    {
        public async Task SendAsync(HttpContext context)
        {
            context.Response.ContentType = Type;
            context.Response.ContentLength = Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await StreamCopyOperation.CopyToAsync(Bytes, context.Response.Body, Length, context.RequestAborted);
            }
        }
    }

    private static byte[] ToXml(ReadOnlyMemory<byte> json, bool pretty) => FhirXml.ToUtf8(
        FhirJson.ParseStored(json.Span).Resource ?? throw new InvalidOperationException("A stored resource can be read again."), pretty);
}
