using System.Collections.Frozen;

namespace Canonbury.Fhir.Search.Index;

/// <summary>The systems that many codes and identifiers have, so that stored values need not spell them. The list only ever grows at the end.</summary>
internal static class KnownSystems
{
    private static readonly string?[] Names =
    [
        null,
        "http://snomed.info/sct",
        "http://loinc.org",
        "http://unitsofmeasure.org",
        "https://dmd.nhs.uk",
        "https://fhir.nhs.uk/Id/nhs-number",
        "https://fhir.nhs.uk/Id/ods-organization-code",
        "http://hl7.org/fhir/special-values",
        "http://hl7.org/fhir/administrative-gender",
        "http://hl7.org/fhir/observation-status",
        "http://hl7.org/fhir/diagnostic-report-status",
        "http://hl7.org/fhir/encounter-status",
        "http://hl7.org/fhir/event-status",
        "http://hl7.org/fhir/request-status",
        "http://hl7.org/fhir/request-intent",
        "http://hl7.org/fhir/request-priority",
        "http://hl7.org/fhir/appointmentstatus",
        "http://hl7.org/fhir/participationstatus",
        "http://hl7.org/fhir/document-reference-status",
        "http://hl7.org/fhir/allergy-intolerance-category",
        "http://hl7.org/fhir/allergy-intolerance-criticality",
        "http://hl7.org/fhir/allergy-intolerance-type",
        "http://hl7.org/fhir/CodeSystem/medicationrequest-status",
        "http://hl7.org/fhir/CodeSystem/medicationrequest-intent",
        "http://hl7.org/fhir/CodeSystem/medication-statement-status",
        "http://terminology.hl7.org/CodeSystem/observation-category",
        "http://terminology.hl7.org/CodeSystem/condition-category",
        "http://terminology.hl7.org/CodeSystem/condition-clinical",
        "http://terminology.hl7.org/CodeSystem/condition-ver-status",
        "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
        "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
        "http://terminology.hl7.org/CodeSystem/v2-0074",
        "http://terminology.hl7.org/CodeSystem/v2-0203",
        "http://terminology.hl7.org/CodeSystem/v3-ActCode",
        "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
        "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
    ];

    private static readonly FrozenDictionary<string, int> Numbers =
        Names.Skip(1).Select((name, place) => KeyValuePair.Create(name!, place + 1)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>-1 for a system that the list does not have.</summary>
    public static int NumberOf(string? system) => system is null ? 0 : Numbers.GetValueOrDefault(system, -1);

    public static string? At(int number) => Names[number];
}
