using System.Text.Json;
using Canonbury.Borough.Names;
using Canonbury.Borough.People;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Bundles;

/// <summary>A registration as a UK Core Patient.</summary>
internal static class PatientResource
{
    private const string Extensions = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-";
    private const string CodeSystems = "https://fhir.hl7.org.uk/CodeSystem/UKCore-";

    public static void Write(ResourceJson patient, Registration person)
    {
        Utf8JsonWriter json = patient.Json;
        patient.Meta("Patient", person.Sensitive);
        if (person.EthnicCategory is string ethnic)
        {
            json.WriteStartArray("extension");
            Extension(patient, "EthnicCategory", CodeSystems + "EthnicCategoryEngland", ethnic, EthnicCategories.WordsOf(ethnic));
            json.WriteEndArray();
        }

        WriteIdentifiers(patient, person);
        json.WriteBoolean("active", true);
        WriteName(patient, person);
        WriteTelecoms(patient, person);
        patient.Text("gender", person.Female switch { true => "female", false => "male", null => "unknown" });
        if (person.Born is DateOnly born)
        {
            patient.Date("birthDate", born);
        }

        if (person.Died is DateOnly died)
        {
            patient.Date("deceasedDateTime", died);
        }

        if (person.Address is Address address)
        {
            WriteAddress(json, address);
        }

        patient.References("generalPractitioner", "Practitioner/" + person.Doctor.Code, person.Doctor.FullName);
        patient.Reference("managingOrganization", "Organization/" + person.Practice.Code, person.Practice.Name);
    }

    private static void WriteIdentifiers(ResourceJson patient, Registration person)
    {
        Utf8JsonWriter json = patient.Json;
        json.WriteStartArray("identifier");
        if (person.NhsNumber is string number)
        {
            json.WriteStartObject();
            json.WriteStartArray("extension");
            Extension(patient, "NHSNumberVerificationStatus", CodeSystems + "NHSNumberVerificationStatusEngland",
                person.NhsNumberVerified ? "01" : "03", person.NhsNumberVerified ? "Number present and verified" : "Trace required");
            json.WriteEndArray();
            json.WriteString("system", "https://fhir.nhs.uk/Id/nhs-number");
            json.WriteString("value", number);
            json.WriteEndObject();
        }

        json.WriteStartObject();
        json.WriteString("system", person.System.IdSystem);
        json.WriteString("value", person.LocalId);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteName(ResourceJson patient, Registration person)
    {
        Utf8JsonWriter json = patient.Json;
        json.WriteStartArray("name");
        json.WriteStartObject();
        json.WriteString("use", "official");
        json.WriteString("family", person.Family);
        json.WriteStartArray("given");
        json.WriteStringValue(person.Given);
        if (person.Middle is string middle)
        {
            json.WriteStringValue(middle);
        }

        json.WriteEndArray();
        json.WriteStartArray("prefix");
        json.WriteStringValue(person.Title);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTelecoms(ResourceJson patient, Registration person)
    {
        if (person.Phone is null && person.Mobile is null && person.Email is null)
        {
            return;
        }

        patient.Json.WriteStartArray("telecom");
        Telecom(patient, "phone", "home", person.Phone);
        Telecom(patient, "phone", "mobile", person.Mobile);
        Telecom(patient, "email", "home", person.Email);
        patient.Json.WriteEndArray();
    }

    private static void Telecom(ResourceJson patient, string system, string use, string? value)
    {
        if (value is not null)
        {
            patient.Json.WriteStartObject();
            patient.Json.WriteString("system", system);
            patient.Json.WriteString("value", value);
            patient.Json.WriteString("use", use);
            patient.Json.WriteEndObject();
        }
    }

    private static void WriteAddress(Utf8JsonWriter json, Address address)
    {
        json.WriteStartArray("address");
        json.WriteStartObject();
        json.WriteString("use", "home");
        json.WriteStartArray("line");
        json.WriteStringValue(address.Line1);
        if (address.Line2.Length > 0)
        {
            json.WriteStringValue(address.Line2);
        }

        json.WriteEndArray();
        json.WriteString("city", address.City);
        json.WriteString("postalCode", address.Postcode);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Extension(ResourceJson patient, string name, string system, string code, string display)
    {
        patient.Json.WriteStartObject();
        patient.Json.WriteString("url", Extensions + name);
        patient.Concept("valueCodeableConcept", new Health.Coding(system, code, display));
        patient.Json.WriteEndObject();
    }
}
