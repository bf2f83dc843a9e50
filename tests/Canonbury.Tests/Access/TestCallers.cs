using Canonbury.Access.Callers;
using Canonbury.Fhir.Ids;

namespace Canonbury.Tests.Access;

/// <summary>One caller of each role.</summary>
internal static class TestCallers
{
    public static readonly PatientId ResidentsPatient = PatientId.Of(new SourceId("gp"), "1");

    public static Caller Of(Role role) => new()
    {
        Account = role.ToString(),
        DisplayName = $"A {role}",
        Role = role,
        Organisation = new Organisation("X01", "An organisation"),
        Self = role == Role.Resident ? ResidentsPatient : null,
        Source = role is Role.SystemClient or Role.RecordClient ? new SourceId("loader") : null,
    };
}
