namespace Canonbury.Fhir.Subscriptions;

/// <summary>
/// What can be subscribed to, as R5's SubscriptionTopic says it. http://hl7.org/fhir/uv/subscriptions-backport/components.html
/// </summary>
/// <param name="Url">The canonical URL, which a subscription's <c>criteria</c> is.</param>
/// <param name="Types">The types that it is about; none there for every type, of which a filter must then name one.</param>
/// <param name="Triggers">Whether a change of one of these types is an event of the topic.</param>
public sealed record Topic(string Url, string Title, IReadOnlyList<string> Types, Func<ResourceChange, bool> Triggers);
