using System.Text.Json;

namespace Canonbury.Server.Web.Json;

/// <summary>Words for a CodeableConcept or Coding.</summary>
public static class CodeText
{
    private const string Hl7 = "http://terminology.hl7.org/CodeSystem/";

    private const string Hl7Table = Hl7 + "v2-";

    /// <summary>How the translator names a code system that only the source knows.</summary>
    private const string OwnCodes = "urn:canonbury:";

    /// <summary>The text as sent, else the first display, else the first code; null where there is none.</summary>
    public static string? Of(JsonElement concept) =>
        concept.Text("text")
        ?? concept.List("coding").Select(coding => coding.Text("display")).FirstOrDefault(display => display is not null)
        ?? concept.List("coding").Select(coding => coding.Text("code")).FirstOrDefault(code => code is not null)
        ?? concept.Text("display")
        ?? concept.Text("code");

    /// <summary>The name by which people know a code system; the address where it is not a usual one.</summary>
    public static string System(string? system) => system switch
    {
        null => "no code system",
        "http://snomed.info/sct" => "SNOMED CT",
        "http://loinc.org" => "LOINC",
        "http://unitsofmeasure.org" => "UCUM",
        "https://dmd.nhs.uk" => "dm+d",
        "http://hl7.org/fhir/sid/icd-10" or "http://hl7.org/fhir/sid/icd-10-uk" => "ICD-10",
        "http://read.info/readv2" => "Read v2",
        "http://read.info/ctv3" => "Read CTV3",
        "https://fhir.nhs.uk/Id/nhs-number" => "NHS number",
        "https://fhir.nhs.uk/Id/ods-organization-code" => "ODS code",
        _ when system.StartsWith(Hl7Table, StringComparison.Ordinal) => $"HL7 table {system[Hl7Table.Length..]}",
        _ when system.StartsWith(Hl7, StringComparison.Ordinal) => $"HL7 {system[Hl7.Length..]}",
        _ when system.StartsWith(OwnCodes, StringComparison.Ordinal) => $"{system[(system.LastIndexOf(':') + 1)..]}, the source's own",
        _ => system,
    };
}
