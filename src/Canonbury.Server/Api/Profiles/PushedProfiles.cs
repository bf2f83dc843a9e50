using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Validation;
using Canonbury.Fhir.Validation.Profiles;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api.Profiles;

/// <summary>What is done with a resource that is sent and does not keep to a profile that it claims (feature A5).</summary>
public enum ProfilesOnPush
{
    /// <summary>Nothing is checked.</summary>
    Off,

    /// <summary>It is taken, and what is wrong is listed with the findings.</summary>
    Warn,

    /// <summary>It is refused. https://hl7.org/fhir/R4/http.html#create: 422.</summary>
    Refuse,
}

/// <summary>Checks what is sent against the profiles that it claims in <c>meta.profile</c>, as far as they are known here.</summary>
internal static class PushedProfiles
{
    /// <summary>What is wrong, as a refusal or as issues to note.</summary>
    public static (Problem? Refused, IReadOnlyList<Issue> Noted) Check(Resource sent, ServerOptions options, ProfileLibrary library)
    {
        if (options.ProfilesOnPush == ProfilesOnPush.Off)
        {
            return (null, []);
        }

        ProfileSet profiles = library.Profiles;
        Issue[] wrong = ProfileValidation.IsClaimed(sent, profiles)
            ? [.. ProfileValidation.Check(sent, profiles).Where(issue => issue.Refuses)]
            : [];
        return options.ProfilesOnPush == ProfilesOnPush.Refuse && wrong.Length > 0
            ? (new Problem(ProblemKind.Unprocessable, wrong), [])
            : (null, wrong);
    }
}
