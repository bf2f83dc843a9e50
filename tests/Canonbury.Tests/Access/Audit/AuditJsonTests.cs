using System.Buffers;
using System.Text;
using Canonbury.Access.Audit;
using Canonbury.Fhir.Ids;
using Xunit;

namespace Canonbury.Tests.Access.Audit;

public sealed class AuditJsonTests
{
    [Fact]
    public void Read_GivesBackWhatWasWritten()
    {
        AuditEntry entry = AuditEntries.Of(7);
        ArrayBufferWriter<byte> writer = new();
        AuditJson.Write(entry, writer);

        AuditEntry read = AuditJson.Read(writer.WrittenSpan);

        Assert.Equivalent(entry, read, strict: true);
    }

    [Fact]
    public void ReadAbout_GivesTimeAndPatients_OfWhatWasWritten()
    {
        (DateTimeOffset at, IReadOnlySet<PatientId> patients) = AuditJson.ReadAbout(AuditEntries.Payload(7));

        Assert.Equal(AuditEntries.Of(7).At, at);
        Assert.Equal(AuditEntries.Of(7).Patients, patients.OrderBy(patient => AuditEntries.Of(7).Patients.ToList().IndexOf(patient)));
    }

    [Fact]
    public void Write_StaysOnOneLine_AndNamesPatientsAndWords()
    {
        string json = Encoding.UTF8.GetString(AuditEntries.Payload(7));

        Assert.DoesNotContain('\n', json);
        Assert.Contains("\"action\":\"View\"", json, StringComparison.Ordinal);
        Assert.Contains("\"role\":\"WardNurse\"", json, StringComparison.Ordinal);
        Assert.Contains($"\"patients\":[\"{AuditEntries.Of(7).Patients[0]}\"]", json, StringComparison.Ordinal);
    }
}
