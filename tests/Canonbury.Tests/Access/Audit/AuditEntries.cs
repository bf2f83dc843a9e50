using System.Buffers;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;

namespace Canonbury.Tests.Access.Audit;

/// <summary>Audit entries for tests.</summary>
internal static class AuditEntries
{
    public static AuditEntry Of(int number) => new()
    {
        Id = Guid.CreateVersion7(),
        At = DateTimeOffset.UnixEpoch.AddSeconds(number),
        Action = AuditAction.View,
        Outcome = AuditOutcome.Granted,
        Caller = $"nurse{number}",
        Role = Role.WardNurse,
        Organisation = "RX1",
        Scope = GrantScope.Person,
        Patients = [PatientId.Of(new SourceId("gp"), $"{number}")],
        Purpose = $"Round {number}\nsecond line é",
        Shown = new ShownItems { Items = [new ShownItem("Observation", "o1", 2)], Counts = new Dictionary<string, int> { ["Observation"] = 1 } },
    };

    public static byte[] Payload(int number)
    {
        ArrayBufferWriter<byte> writer = new();
        AuditJson.Write(Of(number), writer);
        return writer.WrittenSpan.ToArray();
    }
}
