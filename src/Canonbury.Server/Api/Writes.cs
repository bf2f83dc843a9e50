using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Server.Api.Profiles;
using Canonbury.Server.Subscriptions;
using Canonbury.Translate;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;
using Microsoft.Extensions.Options;

namespace Canonbury.Server.Api;

/// <summary>What every write does, alone or in a transaction: plan, translate, write, answer with the version.</summary>
internal static class Writes
{
    /// <summary>Those of this process wait for each other, so that others must have come between so often.</summary>
    private const int MaxAttempts = 100;

    private static readonly Problem Busy = new(ProblemKind.Unavailable, "busy", "The resources are being written by others; try again.");

    public static async Task<FhirAnswer> OneAsync(FhirCall call, Planning plan)
    {
        (IReadOnlyList<FhirAnswer> answers, Problem? problem) = await AllAsync(call, [(call, plan)], isTransaction: false);
        return problem is null ? answers[0] : FhirAnswer.Of(problem);
    }

    /// <summary>Writes all or nothing.</summary>
    /// <returns>An answer for each, in their order, or why nothing was written.</returns>
    public static async Task<(IReadOnlyList<FhirAnswer> Answers, Problem? Problem)> AllAsync(
        FhirCall outer, IReadOnlyList<(FhirCall Call, Planning Plan)> writes, bool isTransaction)
    {
        SemaphoreSlim? line = null;
        try
        {
            for (int attempt = 1; attempt <= MaxAttempts; attempt++)
            {
                Attempt done = await TryAllAsync(outer, writes, isTransaction);
                if (done.Stale is null)
                {
                    return (done.Answers, done.Problem);
                }

                line ??= await WaitingLines.EnterAsync(done.Stale, outer.Cancellation);
            }

            return ([], Busy);
        }
        finally
        {
            line?.Release();
        }
    }

    /// <summary>The resource that a create or an update sends.</summary>
    public static async Task<(Resource? Resource, byte[] Hash, Problem? Problem)> ResourceAsync(FhirCall call)
    {
        Body body = await call.BodyAsync();
        return body.Resource is { } resource && resource.TypeName != call.Type
            ? (null, [], OtherType(resource))
            : (body.Resource, body.Hash, body.Problem);
    }

    public static Problem OtherType(Resource sent) =>
        new(ProblemKind.Invalid, "type-mismatch", "The resource is not of the type in the URL.", sent.TypeName);

    private static async Task<Attempt> TryAllAsync(FhirCall outer, IReadOnlyList<(FhirCall Call, Planning Plan)> writes, bool isTransaction)
    {
        List<WritePlan> plans = [];
        foreach ((FhirCall call, Planning plan) in writes)
        {
            plans.Add(await plan(call));
        }

        (Problem? misshapen, IReadOnlyList<Finding> noted) = Profiled(writes, plans);
        if ((EntryElements.Combined(writes.Zip(plans, (write, plan) => (write.Call, plan.Problem))) ?? misshapen ?? CreatedTwice(writes, plans)) is { } refused)
        {
            return new Attempt([], refused, null);
        }

        PushResult push = await TranslateAsync(outer, plans, isTransaction);
        if (push.Problem is { } problem)
        {
            return new Attempt([], problem, null);
        }

        push = push with { Findings = [.. push.Findings, .. noted] };
        WriteOutcome outcome = await outer.Rooms.Writer.WriteAsync(
            new FhirWrite(outer.Source, push, plans[0].Hash, [.. plans.SelectMany(plan => plan.Conditions).Distinct()]));
        return outcome.IsStale ? new Attempt([], null, plans)
            : outcome.Problem is not null ? new Attempt([], outcome.Problem, null)
            : new Attempt(Answers(writes, plans, outcome, push.Findings), null, null);
    }

    // Feature A5: what claims a profile is checked against it, also what a patch made.
    private static (Problem? Refused, IReadOnlyList<Finding> Noted) Profiled(IReadOnlyList<(FhirCall Call, Planning Plan)> writes, List<WritePlan> plans)
    {
        IServiceProvider services = writes[0].Call.Context.RequestServices;
        ServerOptions options = services.GetRequiredService<IOptions<ServerOptions>>().Value;
        ProfileLibrary library = services.GetRequiredService<ProfileLibrary>();
        List<(FhirCall Call, Problem? Problem)> refused = [];
        List<Finding> noted = [];
        for (int i = 0; i < plans.Count; i++)
        {
            FhirCall call = writes[i].Call;
            if (plans[i].Request is { Method: not PushMethod.Found, Resource: { } resource })
            {
                (Problem? problem, IReadOnlyList<Issue> issues) = PushedProfiles.Check(resource, options, library);
                refused.Add((call, problem ?? SentSubscriptions.Check(call, resource)));
                noted.AddRange(EntryElements.Of(call, new Problem(ProblemKind.Unprocessable, issues)).Issues
                    .Select(issue => new Finding(issue.Expression ?? "", issue.Code, issue.Words)));
            }
        }

        return (EntryElements.Combined(refused), noted);
    }

    // Neither of two creates on one condition finds what the other is about to make.
    private static Problem? CreatedTwice(IReadOnlyList<(FhirCall Call, Planning Plan)> writes, List<WritePlan> plans)
    {
        HashSet<string> conditions = new(StringComparer.Ordinal);
        int again = plans.FindIndex(plan => plan is { Request.Method: PushMethod.Create, Conditions: [var condition, ..] } && !conditions.Add(condition.Name));
        return again < 0 ? null : EntryElements.Of(
            writes[again].Call, new Problem(ProblemKind.Invalid, "entry-duplicate", "Two entries create a resource on the same condition."));
    }

    private static async Task<PushResult> TranslateAsync(FhirCall outer, List<WritePlan> plans, bool isTransaction)
    {
        bool copy = plans.Exists(plan => plan.MayBeMadeAgain);
        List<PushRequest> requests = [.. plans.Select(plan => plan.Request).OfType<PushRequest>()
            .Select(request => copy ? request with { Resource = (Resource?)request.Resource?.DeepCopy() } : request)];
        PushContext context = outer.PushContext(PushLookups.Of(outer.Source, outer.Ids, requests, outer.BaseUrl));
        if (isTransaction)
        {
            context = context with { Found = await ConditionalReferences.FindAsync(outer, requests) };
        }

        return FhirPushTranslator.Translate(requests, context);
    }

    private static List<FhirAnswer> Answers(
        IReadOnlyList<(FhirCall Call, Planning Plan)> writes, List<WritePlan> plans, WriteOutcome outcome, IReadOnlyList<Finding> findings)
    {
        List<FhirAnswer> answers = [];
        int written = 0;
        for (int i = 0; i < plans.Count; i++)
        {
            answers.Add(plans[i].Request is null
                ? new FhirAnswer(StatusCodes.Status204NoContent, default)
                : Answer(writes[i].Call, plans[i], outcome.Entries[written++], findings));
        }

        return answers;
    }

    private static FhirAnswer Answer(FhirCall call, WritePlan plan, WrittenEntry written, IReadOnlyList<Finding> findings)
    {
        if ((plan.Found ?? written.Stored) is not { Deleted: false } stored)
        {
            return new FhirAnswer(StatusCodes.Status204NoContent, default) { Resource = written.Stored };
        }

        Preference preference = Preferences.Of(call);
        FhirAnswer answer = FhirAnswer.Of(
            written.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, stored, preference == Preference.Representation);
        return answer with
        {
            Json = preference == Preference.OperationOutcome ? FhirJson.ToUtf8(Done(written.Entry, findings)) : answer.Json,
            IsOutcome = preference == Preference.OperationOutcome,
            Location = $"{call.BaseUrl}/{stored.Type}/{stored.Id}/_history/{stored.Version}",
        };
    }

    private static OperationOutcome Done(PushEntry entry, IReadOnlyList<Finding> findings) => Outcomes.Of(
    [
        new Issue("written", "The write is done.", Type: OperationOutcome.IssueType.Informational, Severity: OperationOutcome.IssueSeverity.Information),
        .. findings.Where(finding => finding.Path.StartsWith(entry.Element + ".", StringComparison.Ordinal)).Select(finding => new Issue(
            finding.Code, finding.Words, finding.Path, Type: OperationOutcome.IssueType.BusinessRule, Severity: OperationOutcome.IssueSeverity.Warning)),
    ]);

    /// <param name="Stale">The plans that somebody else's write has overtaken; null where there is an answer or a problem.</param>
    private sealed record Attempt(IReadOnlyList<FhirAnswer> Answers, Problem? Problem, IReadOnlyList<WritePlan>? Stale);
}
