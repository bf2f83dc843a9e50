namespace Canonbury.Fhir.Json;

/// <summary>The two forms in which FHIR resources travel. https://hl7.org/fhir/R4/formats.html</summary>
public enum WireFormat
{
    Json,
    Xml,
}
