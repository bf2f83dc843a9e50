using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Tree;
using Canonbury.Fhir.Validation.Profiles;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation;

/// <summary>
/// Checks a resource, and those inside it, against profiles: cardinality, fixed values and patterns, types, targets of references, bindings as far as
/// their value sets are known, and slices and invariants. <c>mustSupport</c> asks nothing of a resource. https://hl7.org/fhir/R4/profiling.html
/// </summary>
public static class ProfileValidation
{
    /// <param name="asked">Profiles that the resource itself is checked against besides those that it claims in <c>meta.profile</c>.</param>
    public static IReadOnlyList<Issue> Check(Resource resource, ProfileSet profiles, params IReadOnlyList<string> asked)
    {
        ProfileChecks extensions = new(profiles, resource);
        List<Issue> issues = [];
        foreach (string profile in asked.Distinct())
        {
            issues.AddRange(Against(profiles, resource, profile, resource.TypeName, null));
        }

        ElementTree.Walk(resource, resource.TypeName, (element, tree) =>
        {
            if (element is Resource { Meta: { } meta } inner)
            {
                string path = tree.Path;
                string[] claims = [.. meta.Profile.OfType<string>()];
                for (int i = 0; i < claims.Length; i++)
                {
                    if (inner != resource || !asked.Contains(claims[i]))
                    {
                        issues.AddRange(Against(profiles, inner, claims[i], path, $"{path}.meta.profile[{i}]"));
                    }
                }
            }
            else if (element is Extension { Url: { } url } extension && profiles.Find(url) is { } rule)
            {
                extensions.Check(extension, rule, tree.Path);
            }
        });
        return [.. issues.Concat(extensions.Issues).DistinctBy(issue => (issue.Code, issue.Expression, issue.Words))];
    }

    /// <summary>Whether a resource claims a profile that is known, or one inside it does.</summary>
    public static bool IsClaimed(Resource resource, ProfileSet profiles)
    {
        bool claimed = false;
        ElementTree.Walk(resource, "", (element, _) => claimed |= element is Resource { Meta: { } meta } && meta.Profile.Any(one => one is not null && profiles.Contains(one)));
        return claimed;
    }

    private static IReadOnlyList<Issue> Against(ProfileSet profiles, Resource resource, string profile, string path, string? claim)
    {
        if (profiles.Find(profile) is not { } rule)
        {
            // The type's own definition is what was checked already.
            return profiles.TypeOf(profile) == resource.TypeName ? [] :
            [
                new Issue(
                    "profile-unknown", "This profile is not known here, so the resource was not checked against it.", claim,
                    Type: OperationOutcome.IssueType.NotFound, Severity: OperationOutcome.IssueSeverity.Warning),
            ];
        }

        if (rule.Name != resource.TypeName)
        {
            return [new Issue("profile-type-mismatch", $"This profile is for a {rule.Name}.", claim ?? path, Type: OperationOutcome.IssueType.Structure)];
        }

        ProfileChecks checks = new(profiles, resource);
        checks.Check(resource, rule, path);
        return checks.Issues;
    }
}
