namespace Canonbury.Server.Api;

/// <summary>What a client wants to get back from a write. https://hl7.org/fhir/R4/http.html#ops</summary>
internal enum Preference
{
    Minimal,
    Representation,
    OperationOutcome,
}
