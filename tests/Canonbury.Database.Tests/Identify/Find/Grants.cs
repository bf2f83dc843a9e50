using System.Reflection;
using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;

namespace Canonbury.Database.Tests.Identify.Find;

/// <summary>Only Access makes grants; a test of a room below it reaches through.</summary>
internal static class Grants
{
    public static AccessGrant Of(GrantScope scope, PersonId? person, IReadOnlySet<Section>? sections = null, SourceId? source = null) =>
        (AccessGrant)Activator.CreateInstance(
            typeof(AccessGrant), BindingFlags.Instance | BindingFlags.NonPublic, null,
            [Guid.NewGuid(), scope, person, source, "test", "test", sections, null, DateTimeOffset.MaxValue], null)!;
}
