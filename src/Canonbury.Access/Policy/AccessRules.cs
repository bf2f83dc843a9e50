using System.Collections.Frozen;
using Canonbury.Access.Callers;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Grants;

namespace Canonbury.Access.Policy;

/// <summary>One row of the policy: what one role may read within one scope.</summary>
/// <param name="OwnOnly">True where the only person is the caller.</param>
/// <param name="ReasonNeeded">True where the caller must say why.</param>
/// <param name="Sections">The sections that may be seen; null means all.</param>
public sealed record AccessRule(Role Role, GrantScope Scope, bool OwnOnly, bool ReasonNeeded, IReadOnlySet<Section>? Sections);

/// <summary>The policy as a table. What has no row is refused.</summary>
public static class AccessRules
{
    private static readonly IReadOnlySet<Section> Identity = new[] { Section.Demographics }.ToFrozenSet();

    private static readonly IReadOnlySet<Section> NoContent = FrozenSet<Section>.Empty;

    /// <summary>
    /// What a person sees of the own record is an allow-list (hazard 14). Alerts may hold safeguarding entries, which never show in a
    /// person's or proxy's view; what nothing has classified yet may hold text about others.
    /// </summary>
    private static readonly IReadOnlySet<Section> OwnRecord =
        Enum.GetValues<Section>().Except([Section.Alerts, Section.Other]).ToFrozenSet();

    public static readonly IReadOnlyList<AccessRule> All =
    [
        new(Role.GeneralPractitioner, GrantScope.Find, OwnOnly: false, ReasonNeeded: false, Identity),
        new(Role.GeneralPractitioner, GrantScope.Person, OwnOnly: false, ReasonNeeded: true, Sections: null),
        new(Role.WardNurse, GrantScope.Find, OwnOnly: false, ReasonNeeded: false, Identity),
        new(Role.WardNurse, GrantScope.Person, OwnOnly: false, ReasonNeeded: true, Sections: null),
        new(Role.SocialWorker, GrantScope.Find, OwnOnly: false, ReasonNeeded: false, Identity),
        new(Role.SocialWorker, GrantScope.Person, OwnOnly: false, ReasonNeeded: true, Sections: null),
        new(Role.DataSteward, GrantScope.Find, OwnOnly: false, ReasonNeeded: false, Identity),
        new(Role.DataSteward, GrantScope.Person, OwnOnly: false, ReasonNeeded: true, Identity),
        new(Role.OperationsStaff, GrantScope.Operations, OwnOnly: false, ReasonNeeded: false, NoContent),
        new(Role.Resident, GrantScope.Person, OwnOnly: true, ReasonNeeded: false, OwnRecord),
        new(Role.SystemClient, GrantScope.OwnSource, OwnOnly: false, ReasonNeeded: false, Sections: null),
        new(Role.RecordClient, GrantScope.EverySource, OwnOnly: false, ReasonNeeded: false, Sections: null),
    ];

    private static readonly FrozenDictionary<(Role, GrantScope), AccessRule> ByRoleAndScope =
        All.ToFrozenDictionary(rule => (rule.Role, rule.Scope));

    public static AccessRule? Find(Role role, GrantScope scope) => ByRoleAndScope.GetValueOrDefault((role, scope));
}
