using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Http;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Types;
using Canonbury.Intake.Inbox;
using Canonbury.Translate.FhirPush;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Server.Api;

/// <summary>One request of a system client that has its grant.</summary>
internal sealed class FhirCall(HttpContext context, Caller caller, AccessGrant grant, SourceId source, Shaping shaping, FhirRooms rooms)
{
    public HttpContext Context { get; } = context;

    public Caller Caller { get; } = caller;

    public AccessGrant Grant { get; } = grant;

    public SourceId Source { get; } = source;

    /// <summary>What the client wants of each resource that is shown.</summary>
    public Shaping Shaping { get; } = shaping;

    public FhirRooms Rooms { get; } = rooms;

    public IdPolicy Ids { get; } = rooms.Sources.KeepsIds(source) ? IdPolicy.Kept : IdPolicy.Mapped;

    public CancellationToken Cancellation => Context.RequestAborted;

    public string Type => Context.GetRouteValue("type") as string ?? "";

    public string Id => Context.GetRouteValue("id") as string ?? "";

    /// <summary>The service's base URL as this client wrote it, for Location and links.</summary>
    public string BaseUrl => $"{Context.Request.Scheme}://{Context.Request.Host}{Context.Request.PathBase}/fhir";

    /// <summary>Runs an interaction: who asks, may they, do it, say in the audit what leaves, answer.</summary>
    public static async Task RunAsync(HttpContext context, Interaction interaction)
    {
        FhirAnswer answer = await AnswerAsync(context, interaction);
        await answer.SendAsync(context);
    }

    /// <summary>What the source has of the references that a push depends on.</summary>
    public PushContext PushContext(IReadOnlySet<string> lookups) =>
        new(Source, Ids, Rooms.Owners.Find(Source, lookups), () => Guid.CreateVersion7(Rooms.Time.GetUtcNow()).ToString("D")) { BaseUrl = BaseUrl };

    /// <summary>
    /// The final id of one of the source's resources, by that id or by the id that the source sent; where ids are mapped, null
    /// where it has none.
    /// </summary>
    public string? FinalId()
    {
        if (Ids == IdPolicy.Kept)
        {
            return Id;
        }

        IReadOnlyDictionary<string, PatientId> known = Rooms.Owners.Find(Source, PushLookups.Of(Source, Ids, Type, Id));
        return known.ContainsKey($"{Type}/{Id}") ? Id
            : known.ContainsKey(ResourceIds.Reference(Source, Type, Id)) ? ResourceIds.FhirId(Source, Type, Id)
            : null;
    }

    private static async Task<FhirAnswer> AnswerAsync(HttpContext context, Interaction interaction)
    {
        if ((Formats.Refusal(context.Request) ?? Bodies.EncodingRefusal(context.Request)) is { } refused)
        {
            return FhirAnswer.Of(refused);
        }

        if (Unmapped.IsName(context.GetRouteValue("type")) || Unmapped.IsName(context.GetRouteValue("id")))
        {
            return Unmapped.Answer(context);
        }

        if (context.GetRouteValue("type") is string type && !ResourceTypes.Contains(type))
        {
            return FhirAnswer.Of(new Problem(ProblemKind.NotFound, "resource-type-unknown", "R4 has no such resource type."));
        }

        try
        {
            return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? await ReadAsync(context, interaction) : await WriteAsync(context, interaction);
        }
        catch (BadHttpRequestException bad)
        {
            return FhirAnswer.Of(bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Bodies.TooLarge : Bodies.Unreadable);
        }
        catch (Exception outage) when (outage is AuditUnavailableException or InboxUnavailableException || Database.Session.IsPassing(outage))
        {
            return Unavailable(context);
        }
        catch (Exception broken) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger<FhirCall>()
                .LogError(broken, "A FHIR request failed: {Method} {Pattern}", context.Request.Method, context.GetEndpoint()?.DisplayName);
            return FhirAnswer.Failed;
        }
    }

    /// <summary>For an outage that will pass.</summary>
    public static FhirAnswer Unavailable(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return FhirAnswer.Of(new Problem(ProblemKind.Unavailable, "unavailable", "The server cannot do this now; try again."));
    }

    /// <summary>What only reads has one audit entry: the grant with what is shown under it.</summary>
    private static async Task<FhirAnswer> ReadAsync(HttpContext context, Interaction interaction)
    {
        Caller? caller = CallerIdentity.Of(context.User);
        FhirAnswer? answer = null;
        AccessAnswer access = await context.RequestServices.GetRequiredService<AccessDesk>().ReadAsync(
            caller,
            Request(caller),
            async grant => (answer = await RunAsync(context, caller!, grant, interaction)).Shown,
            AuditGate.Origin(context),
            context.RequestAborted);
        return answer ?? Refused(context, access);
    }

    /// <summary>What writes has its grant in the audit before anything is written, and what it shows after that.</summary>
    private static async Task<FhirAnswer> WriteAsync(HttpContext context, Interaction interaction)
    {
        Caller? caller = CallerIdentity.Of(context.User);
        AccessDesk desk = context.RequestServices.GetRequiredService<AccessDesk>();
        AccessAnswer access = await desk.RequestAsync(
            caller, Request(caller), AuditGate.Origin(context), context.RequestAborted);
        if (access is not AccessAnswer.Granted { Grant: { } grant })
        {
            return Refused(context, access);
        }

        FhirAnswer answer = await RunAsync(context, caller!, grant, interaction);
        await desk.ShowAsync(caller!, grant, answer.Shown, AuditGate.Origin(context), context.RequestAborted);
        return answer;
    }

    private static async Task<FhirAnswer> RunAsync(HttpContext context, Caller caller, AccessGrant grant, Interaction interaction)
    {
        await RequestParameters.ReadFormAsync(context.Request, context.RequestAborted);
        (Shaping shaping, Problem? refused) = Shaping.Of(context.Request);
        if ((Formats.Refusal(context.Request) ?? refused) is { } problem)
        {
            return FhirAnswer.Of(problem);
        }

        SourceId source = grant.Source ?? throw new InvalidOperationException("A grant of this scope names its source.");
        return await interaction(new FhirCall(context, caller, grant, source, shaping, context.RequestServices.GetRequiredService<FhirRooms>()));
    }

    /// <summary>A client reads its own source's resources, or all where the shared record is its purpose.</summary>
    private static AccessRequest Request(Caller? caller) => new(caller?.Role == Role.RecordClient ? GrantScope.EverySource : GrantScope.OwnSource);

    private static FhirAnswer Refused(HttpContext context, AccessAnswer access)
    {
        if (access is AccessAnswer.Refused { Refusal.Code: not RefusalCode.UnknownCaller } refused)
        {
            return FhirAnswer.Of(new Problem(ProblemKind.Forbidden, "not-allowed", $"{refused.Refusal.Words} {refused.Refusal.Remedy}"));
        }

        // RFC 6750 section 3: no error code where no token was sent.
        bool sent = context.Request.Headers.Authorization.Count > 0;
        context.Response.Headers.WWWAuthenticate = sent ? "Bearer error=\"invalid_token\"" : "Bearer";
        return FhirAnswer.Of(new Problem(ProblemKind.Unauthorised, "token-invalid",
            "Send the bearer token of a system client; it may have expired."));
    }
}
