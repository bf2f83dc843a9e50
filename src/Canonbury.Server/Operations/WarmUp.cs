using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Canonbury.Server.Operations;

/// <summary>Runs once what the first request would otherwise wait for: the FHIR model's tables take most of a second.</summary>
internal static class WarmUp
{
    public static void Run()
    {
        Patient patient = new() { Id = "warm-up", Active = true };
        string json = new FhirJsonSerializer().SerializeToString(patient);
        new FhirJsonDeserializer().Deserialize<Patient>(json);
    }
}
