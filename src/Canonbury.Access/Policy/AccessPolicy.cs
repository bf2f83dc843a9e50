using System.Collections.Frozen;
using Canonbury.Access.Callers;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Grants;

namespace Canonbury.Access.Policy;

/// <summary>Decides who may read what: one pure function over the table in <see cref="AccessRules"/> (design, rule 4).</summary>
public static class AccessPolicy
{
    /// <summary>The longest reason that is kept, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>The fewest letters and digits that count as a reason: enough for "A&amp;E", not for a full stop.</summary>
    public const int FewestLetters = 2;

    public static AccessDecision Decide(Caller? caller, AccessRequest request, AccessFacts facts)
    {
        if (caller is null)
        {
            return Refuse(RefusalCode.UnknownCaller, "We do not know who is asking.", "Sign in, or send a valid token.");
        }

        if (AccessRules.Find(caller.Role, request.Scope) is not { } rule)
        {
            return Refuse(
                RefusalCode.RoleMayNot, "Your role does not allow this.", "Ask someone whose role allows it, or use the account for that role.");
        }

        if (WrongPerson(rule, request, facts) is { } wrongPerson)
        {
            return wrongPerson;
        }

        if (rule.Scope is GrantScope.OwnSource or GrantScope.EverySource && caller.Source is null)
        {
            return Refuse(RefusalCode.SourceMissing, "This client has no source of its own.", "Register the client with its source.");
        }

        string reason = Clean(request.Reason);
        if (reason.Length > LongestReason)
        {
            return Refuse(RefusalCode.ReasonTooLong, $"The reason is longer than {LongestReason} characters.", "Shorten the reason.");
        }

        if (rule.ReasonNeeded && reason.Count(char.IsLetterOrDigit) < FewestLetters)
        {
            return Refuse(RefusalCode.ReasonMissing, "You have not said why you need this record.", "Give the reason in a few words.");
        }

        IReadOnlySet<Section>? sections = Narrow(rule.Sections, request.Sections);
        if (sections is { Count: 0 } && request.Sections is { Count: > 0 })
        {
            return Refuse(
                RefusalCode.SectionsNotAllowed, "Your role does not allow these parts of the record.", "Ask for the parts that your role allows.");
        }

        return new AccessDecision.Granted(sections, reason.Length > 0 ? reason : PurposeOf(rule));
    }

    private static AccessDecision.Refused? WrongPerson(AccessRule rule, AccessRequest request, AccessFacts facts)
    {
        if (rule.Scope == GrantScope.Person && request.Person is null)
        {
            return Refuse(RefusalCode.PersonMissing, "The request does not say whose record it is about.", "Choose a person first.");
        }

        // The same words whether the other record exists or not, so that a refusal does not tell.
        return rule.OwnOnly && (facts.OwnPerson is null || facts.OwnPerson != request.Person)
            ? Refuse(RefusalCode.NotOwnRecord, "You can open your own record only.", "Open your own record.")
            : null;
    }

    private static IReadOnlySet<Section>? Narrow(IReadOnlySet<Section>? allowed, IReadOnlySet<Section>? asked) =>
        asked is null || allowed is null ? asked ?? allowed : allowed.Where(asked.Contains).ToFrozenSet();

    private static string PurposeOf(AccessRule rule) => rule.Scope switch
    {
        GrantScope.Person => "The person's own view",
        GrantScope.Find => "Finding a person",
        GrantScope.Operations => "Running the service",
        GrantScope.OwnSource => "The source's own resources",
        GrantScope.EverySource => "The shared record",
        _ => throw new InvalidOperationException($"The scope {rule.Scope} has no purpose."),
    };

    /// <summary>Control characters become spaces: a reason is shown on pages and written in lists.</summary>
    private static string Clean(string? reason) =>
        reason is null ? "" : string.Concat(reason.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    private static AccessDecision.Refused Refuse(RefusalCode code, string words, string remedy) => new(new Refusal(code, words, remedy));
}
