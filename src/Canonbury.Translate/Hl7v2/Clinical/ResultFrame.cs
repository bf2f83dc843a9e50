using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>What a report says for all its observations.</summary>
/// <param name="Subject">The patient.</param>
/// <param name="Effective">OBR-7 and OBR-8, for an OBX that has no time of its own.</param>
/// <param name="Issued">OBR-22.</param>
/// <param name="Category">What OBR-24 implies; null where it says nothing.</param>
/// <param name="Specimen">The only specimen of the report; null where there are none or several.</param>
internal sealed record ResultFrame(
    ResourceReference Subject, DataType? Effective, DateTimeOffset? Issued, CodeableConcept? Category, ResourceReference? Specimen);
