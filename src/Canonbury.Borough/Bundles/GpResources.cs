using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Bundles;

/// <summary>The resources of a general practice's record, each written for one patient and one author.</summary>
internal sealed class GpResources(BundleWriter bundle, string patientId, Clinician author, Practice practice)
{
    private readonly string subject = "Patient/" + patientId;
    private readonly string doctor = "Practitioner/" + author.Code;

    public void Encounter(string id, DateTime at, string reason) => bundle.Put("Encounter", id, encounter =>
    {
        encounter.Meta("Encounter");
        encounter.Text("status", "finished");
        encounter.Json.WritePropertyName("class");
        encounter.Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", "ambulatory");
        encounter.Reference("subject", subject);
        encounter.Json.WriteStartArray("participant");
        encounter.Json.WriteStartObject();
        encounter.Reference("individual", doctor, author.FullName);
        encounter.Json.WriteEndObject();
        encounter.Json.WriteEndArray();
        encounter.Period(at, at.AddMinutes(12));
        encounter.Json.WriteStartArray("reasonCode");
        encounter.Json.WriteStartObject();
        encounter.Text("text", reason);
        encounter.Json.WriteEndObject();
        encounter.Json.WriteEndArray();
        encounter.Reference("serviceProvider", "Organization/" + practice.Code, practice.Name);
    });

    public void Condition(string id, Coding code, DateTime recorded, DateOnly onset, bool resolved, string? encounter) =>
        bundle.Put("Condition", id, condition =>
        {
            condition.Meta("Condition");
            condition.Status("clinicalStatus", "condition-clinical", resolved ? "resolved" : "active");
            condition.Status("verificationStatus", "condition-ver-status", "confirmed");
            condition.Concepts("category", new Coding("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item", "Problem List Item"));
            condition.Concept("code", code);
            condition.Reference("subject", subject);
            if (encounter is not null)
            {
                condition.Reference("encounter", "Encounter/" + encounter);
            }

            condition.Date("onsetDateTime", onset);
            if (resolved)
            {
                condition.Time("abatementDateTime", recorded);
            }

            condition.Time("recordedDate", recorded);
            condition.Reference("recorder", doctor, author.FullName);
        });

    public void Allergy(string id, Allergy allergy, DateTime recorded) => bundle.Put("AllergyIntolerance", id, resource =>
    {
        resource.Meta("AllergyIntolerance");
        AllergyStatus(resource);
        resource.Text("type", "allergy");
        resource.Json.WriteStartArray("category");
        resource.Json.WriteStringValue(allergy.Category);
        resource.Json.WriteEndArray();
        resource.Text("criticality", allergy.Severe ? "high" : "low");
        resource.Concept("code", allergy.Code);
        resource.Reference("patient", subject);
        resource.Time("recordedDate", recorded);
        resource.Reference("recorder", doctor, author.FullName);
        resource.Json.WriteStartArray("reaction");
        resource.Json.WriteStartObject();
        resource.Json.WriteStartArray("manifestation");
        resource.Json.WriteStartObject();
        resource.Text("text", allergy.Reaction);
        resource.Json.WriteEndObject();
        resource.Json.WriteEndArray();
        resource.Text("severity", allergy.Severe ? "severe" : "moderate");
        resource.Json.WriteEndObject();
        resource.Json.WriteEndArray();
    });

    public void NoKnownAllergy(string id, DateTime recorded) => bundle.Put("AllergyIntolerance", id, resource =>
    {
        resource.Meta("AllergyIntolerance");
        AllergyStatus(resource);
        resource.Concept("code", Coding.Snomed("716186003", "No known allergy"));
        resource.Reference("patient", subject);
        resource.Time("recordedDate", recorded);
        resource.Reference("recorder", doctor, author.FullName);
    });

    public void Medicine(string id, Medicine medicine, DateTime at, bool stopped, Coding? reason) => bundle.Put("MedicationRequest", id, request =>
    {
        request.Meta("MedicationRequest");
        request.Text("status", stopped ? "stopped" : medicine.Repeat ? "active" : "completed");
        request.Text("intent", "order");
        request.Concept("medicationCodeableConcept", medicine.Code);
        request.Reference("subject", subject);
        request.Time("authoredOn", at);
        request.Reference("requester", doctor, author.FullName);
        if (reason is not null)
        {
            request.Concepts("reasonCode", reason);
        }

        request.Concept("courseOfTherapyType", new Coding("http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy",
            medicine.Repeat ? "continuous" : "acute", medicine.Repeat ? "Continuous long term therapy" : "Short course (acute) therapy"));
        request.Json.WriteStartArray("dosageInstruction");
        request.Json.WriteStartObject();
        request.Text("text", medicine.Dose);
        request.Json.WriteEndObject();
        request.Json.WriteEndArray();
    });

    /// <param name="procedure">What was given, as a procedure: the UK Core extension beside the vaccine.</param>
    public void Immunization(string id, Coding procedure, Coding vaccine, DateTime at) => bundle.Put("Immunization", id, immunization =>
    {
        immunization.Meta("Immunization");
        immunization.Json.WriteStartArray("extension");
        immunization.Json.WriteStartObject();
        immunization.Text("url", "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure");
        immunization.Concept("valueCodeableConcept", procedure);
        immunization.Json.WriteEndObject();
        immunization.Json.WriteEndArray();
        immunization.Text("status", "completed");
        immunization.Concept("vaccineCode", vaccine);
        immunization.Reference("patient", subject);
        immunization.Time("occurrenceDateTime", at);
        immunization.Json.WriteBoolean("primarySource", true);
        immunization.Json.WriteStartArray("performer");
        immunization.Json.WriteStartObject();
        immunization.Reference("actor", doctor, author.FullName);
        immunization.Json.WriteEndObject();
        immunization.Json.WriteEndArray();
    });

    public void Referral(string id, string clinic, DateTime at, Coding reason, bool urgent) => bundle.Put("ServiceRequest", id, request =>
    {
        request.Meta("ServiceRequest");
        request.Text("status", "active");
        request.Text("intent", "order");
        request.Text("priority", urgent ? "urgent" : "routine");
        request.Concept("code", Coding.Own("referral-" + clinic.ToLowerInvariant().Replace(' ', '-'), $"Referral to {clinic}"));
        request.Reference("subject", subject);
        request.Time("authoredOn", at);
        request.Reference("requester", doctor, author.FullName);
        request.Concepts("reasonCode", reason);
    });

    public void Procedure(string id, Coding code, DateTime at) => bundle.Put("Procedure", id, procedure =>
    {
        procedure.Meta("Procedure");
        procedure.Text("status", "completed");
        procedure.Concept("code", code);
        procedure.Reference("subject", subject);
        procedure.Time("performedDateTime", at);
        procedure.Json.WriteStartArray("performer");
        procedure.Json.WriteStartObject();
        procedure.Reference("actor", doctor, author.FullName);
        procedure.Json.WriteEndObject();
        procedure.Json.WriteEndArray();
    });

    private static void AllergyStatus(ResourceJson resource)
    {
        resource.Status("clinicalStatus", "allergyintolerance-clinical", "active");
        resource.Status("verificationStatus", "allergyintolerance-verification", "confirmed");
    }
}
