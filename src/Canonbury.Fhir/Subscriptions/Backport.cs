namespace Canonbury.Fhir.Subscriptions;

/// <summary>
/// Names of the guide that brings the topics of R5 to R4's Subscription. http://hl7.org/fhir/uv/subscriptions-backport (STU 1.1)
/// </summary>
public static class Backport
{
    public const string SubscriptionProfile = Definitions + "backport-subscription";

    /// <summary>Before the name of an operation in its definition's URL.</summary>
    public const string OperationPrefix = "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-";

    internal const string StatusProfile = Definitions + "backport-subscription-status-r4";

    internal const string NotificationProfile = Definitions + "backport-subscription-notification-r4";

    internal const string FilterCriteria = Definitions + "backport-filter-criteria";

    internal const string HeartbeatPeriod = Definitions + "backport-heartbeat-period";

    internal const string Timeout = Definitions + "backport-timeout";

    internal const string MaxCount = Definitions + "backport-max-count";

    internal const string PayloadContent = Definitions + "backport-payload-content";

    private const string Definitions = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
}
