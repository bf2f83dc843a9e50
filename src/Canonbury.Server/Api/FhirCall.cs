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
    private Task<Body>? body;
    private Task<SentPatch>? patch;

    public HttpContext Context { get; } = context;

    public Caller Caller { get; } = caller;

    public AccessGrant Grant { get; } = grant;

    public SourceId Source { get; } = source;

    /// <summary>What the client wants of each resource that is shown.</summary>
    public Shaping Shaping { get; } = shaping;

    public FhirRooms Rooms { get; } = rooms;

    /// <summary>The entry of a bundle that this call is; null for a request of its own.</summary>
    public BundleEntry? Entry { get; private init; }

    public IdPolicy Ids { get; } = rooms.Sources.KeepsIds(source) ? IdPolicy.Kept : IdPolicy.Mapped;

    public CancellationToken Cancellation => Context.RequestAborted;

    /// <summary>The resource type in the URL; empty where it has none.</summary>
    public string Type => Context.GetRouteValue("type") as string
        ?? (Context.Request.Path.Value?.Split('/') is [_, _, var first, ..] && ResourceTypes.Contains(first) ? first : "");

    public string Id => Context.GetRouteValue("id") as string ?? "";

    /// <summary>The service's base URL as this client wrote it, for Location and links.</summary>
    public string BaseUrl => $"{Context.Request.Scheme}://{Context.Request.Host}{Context.Request.PathBase}/fhir";

    /// <summary>The resource that was sent, however often it is asked for.</summary>
    public Task<Body> BodyAsync() => body ??= Bodies.ReadAsync(this);

    /// <summary>The patch that was sent, however often it is asked for.</summary>
    public Task<SentPatch> PatchAsync() => patch ??= Patches.ReadAsync(this);

    /// <summary>A call for an entry of the bundle that this call sends: of the same caller, under the same grant.</summary>
    /// <param name="inner">With method, path, query, headers and route values of its own.</param>
    public FhirCall Inner(HttpContext inner, Shaping shaping, BundleEntry entry) => new(inner, Caller, Grant, Source, shaping, Rooms) { Entry = entry };

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
    public string? FinalId(string type, string id)
    {
        if (Ids == IdPolicy.Kept)
        {
            return id;
        }

        IReadOnlyDictionary<string, PatientId> known = Rooms.Owners.Find(Source, PushLookups.Of(Source, Ids, type, id));
        return known.ContainsKey($"{type}/{id}") ? id
            : known.ContainsKey(ResourceIds.Reference(Source, type, id)) ? ResourceIds.FhirId(Source, type, id)
            : Grant.Scope == GrantScope.EverySource ? id
            : null;
    }

    /// <summary>The same for the id in the URL.</summary>
    public string? FinalId() => FinalId(Type, Id);

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

        if (OtherType(context.GetRouteValue("type")) is { } unknown)
        {
            return FhirAnswer.Of(unknown);
        }

        bool reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return await TryAsync(context, () => reads ? ReadAsync(context, interaction) : WriteAsync(context, interaction));
    }

    /// <summary>Why there is nothing of a type; null where there may be.</summary>
    public static Problem? OtherType(object? type) => type is string name && !ResourceTypes.Contains(name)
        ? new Problem(ProblemKind.NotFound, "resource-type-unknown", "R4 has no such resource type.")
        : null;

    /// <summary>Answers with what failed where something did.</summary>
    public static async Task<FhirAnswer> TryAsync(HttpContext context, Func<Task<FhirAnswer>> work)
    {
        try
        {
            return await work();
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
    public static AccessRequest Request(Caller? caller) => new(caller?.Role == Role.RecordClient ? GrantScope.EverySource : GrantScope.OwnSource);

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
