using System.Text.Json;
using Canonbury.Fhir.Compartments;
using Canonbury.TestData.Samples;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.Compartments;

public sealed class PatientCompartmentTests
{
    /// <summary>Computed here, so no source writes them and the table leaves them out.</summary>
    private static readonly string[] Computed = ["AuditEvent", "Person"];

    [Fact]
    public void Table_IsThatOfTheSpecification()
    {
        Assert.SkipWhen(SampleData.Missing("conformance"), SampleData.Reason);
        Dictionary<(string Type, string Code), string> expressions = Expressions();
        int types = 0;
        foreach ((string type, string[] parameters) in Members().Where(m => !Computed.Contains(m.Type)))
        {
            IEnumerable<string> expected = parameters.SelectMany(code => Branches(type, expressions[(type, code)])).Distinct().Order(StringComparer.Ordinal);
            Assert.Equal(expected, PatientCompartment.Elements(type).Order(StringComparer.Ordinal));
            types++;
        }

        Assert.True(types > 60, $"{types} types");
    }

    [Fact]
    public void EveryType_NamesAPatientOrIsAboutNobodyOrIsRefused()
    {
        string[] silent = [.. ModelInfo.SupportedResources.Where(t => !PatientCompartment.Names(t) && !NobodyTypes.Allows(t)).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "AuditEvent", "Bundle", "DeviceMetric", "EnrollmentResponse", "Linkage", "MessageHeader", "OperationOutcome", "Parameters",
                "PaymentNotice", "PaymentReconciliation", "Person", "TestReport", "VerificationResult",
            ],
            silent);
    }

    [Fact]
    public void References_AreFoundInRepeatingAndNestedElements()
    {
        Appointment appointment = new()
        {
            Participant = [new() { Actor = new ResourceReference("Practitioner/d") }, new() { Actor = new ResourceReference("Patient/a") }],
        };
        Assert.Equal(["Practitioner/d", "Patient/a"], PatientCompartment.References(appointment).Select(r => r.Reference));
        Assert.Equal("Appointment.participant.actor", PatientCompartment.MainElement("Appointment"));
    }

    private static IEnumerable<(string Type, string[] Parameters)> Members()
    {
        using JsonDocument definitions = Read("operations-and-compartments.json");
        JsonElement patient = Resources(definitions).Single(r => r.GetProperty("id").GetString() == "patient");
        return [.. patient.GetProperty("resource").EnumerateArray()
            .Where(r => r.TryGetProperty("param", out _))
            .Select(r => (r.GetProperty("code").GetString()!, r.GetProperty("param").EnumerateArray().Select(p => p.GetString()!).ToArray()))];
    }

    private static Dictionary<(string Type, string Code), string> Expressions()
    {
        using JsonDocument definitions = Read("search-parameters.json");
        return Resources(definitions)
            .Where(r => r.TryGetProperty("base", out _) && r.TryGetProperty("expression", out _))
            .SelectMany(r => r.GetProperty("base").EnumerateArray().Select(b =>
                (Key: (b.GetString()!, r.GetProperty("code").GetString()!), Expression: r.GetProperty("expression").GetString()!)))
            .DistinctBy(p => p.Key)
            .ToDictionary(p => p.Key, p => p.Expression);
    }

    // One branch of a union is "Type.path.where(resolve() is Patient)".
    private static IEnumerable<string> Branches(string type, string expression) => expression.Split('|', StringSplitOptions.TrimEntries)
        .Where(branch => branch.StartsWith(type + ".", StringComparison.Ordinal))
        .Select(branch => branch[(type.Length + 1)..].Replace(".where(resolve() is Patient)", "", StringComparison.Ordinal));

    private static IEnumerable<JsonElement> Resources(JsonDocument bundle) =>
        bundle.RootElement.GetProperty("entry").EnumerateArray().Select(e => e.GetProperty("resource"));

    private static JsonDocument Read(string file) => JsonDocument.Parse(File.ReadAllBytes(SampleData.PathOf("conformance", "r4-definitions", file)));
}
