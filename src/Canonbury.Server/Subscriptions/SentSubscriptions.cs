using Canonbury.Fhir.Problems;
using Canonbury.Server.Api;
using Hl7.Fhir.Model;
using Status = Hl7.Fhir.Model.Subscription.SubscriptionStatus;

namespace Canonbury.Server.Subscriptions;

/// <summary>
/// What a client may write of a subscription: what it asks for, and that it is requested or off. The other two states are the server's to say, so that a
/// subscription that is written back as it was read is requested anew. https://hl7.org/fhir/R4/subscription.html
/// </summary>
internal static class SentSubscriptions
{
    /// <summary>Puts it into the form that is stored; or says why it cannot be followed.</summary>
    public static Problem? Check(FhirCall call, Resource resource)
    {
        if (resource is not Subscription subscription)
        {
            return null;
        }

        subscription.Error = null;
        subscription.Status = subscription.Status == Status.Off ? Status.Off : Status.Requested;
        IReadOnlyList<Issue> issues = call.Context.RequestServices.GetRequiredService<TermsReader>().Read(subscription, call.Source, call.BaseUrl).Issues;
        return issues.Count > 0 ? new Problem(ProblemKind.Unprocessable, issues) : null;
    }
}
