using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Bundles;

/// <summary>What a practice measures and asks.</summary>
internal sealed class ObservationResources(BundleWriter bundle, string patientId, Clinician author, DateTime at, string? encounter)
{
    private static readonly Coding BloodPressure = Coding.Snomed("75367002", "Blood pressure");
    private static readonly Coding Systolic = Coding.Snomed("271649006", "Systolic blood pressure");
    private static readonly Coding Diastolic = Coding.Snomed("271650006", "Diastolic blood pressure");

    public void Pressure(string id, int systolic, int diastolic) => Observation(id, BloodPressure, "vital-signs", observation =>
    {
        observation.Json.WriteStartArray("component");
        Component(observation, Systolic, systolic);
        Component(observation, Diastolic, diastolic);
        observation.Json.WriteEndArray();
    });

    public void Weight(string id, double kilograms) => Observation(id, Coding.Snomed("27113001", "Body weight"), "vital-signs",
        observation => observation.Quantity("valueQuantity", kilograms, "kg", "kg"));

    public void Height(string id, int centimetres) => Observation(id, Coding.Snomed("50373000", "Body height measure"), "vital-signs",
        observation => observation.Quantity("valueQuantity", centimetres, "cm", "cm"));

    public void HeartRate(string id, int rate) => Observation(id, Coding.Snomed("364075005", "Heart rate"), "vital-signs",
        observation => observation.Quantity("valueQuantity", rate, "beats/min", "/min"));

    public void PeakFlow(string id, int litres) => Observation(id, Coding.Own("peak-flow", "Peak expiratory flow"), "exam",
        observation => observation.Quantity("valueQuantity", litres, "L/min", "L/min"));

    public void Smoking(string id, string status) => Observation(id, Coding.Own("smoking-status", "Smoking status"), "social-history",
        observation => observation.Concept("valueCodeableConcept", status switch
        {
            "never" => Coding.Snomed("266919005", "Never smoked tobacco"),
            "ex" => Coding.Snomed("8517006", "Ex-smoker"),
            _ => Coding.Snomed("77176002", "Smoker"),
        }));

    private void Observation(string id, Coding code, string category, Action<ResourceJson> value) => bundle.Put("Observation", id, observation =>
    {
        observation.Meta("Observation");
        observation.Text("status", "final");
        observation.Concepts("category", new Coding("http://terminology.hl7.org/CodeSystem/observation-category", category, ""));
        observation.Concept("code", code);
        observation.Reference("subject", "Patient/" + patientId);
        if (encounter is not null)
        {
            observation.Reference("encounter", "Encounter/" + encounter);
        }

        observation.Time("effectiveDateTime", at);
        observation.References("performer", "Practitioner/" + author.Code, author.FullName);
        value(observation);
    });

    private static void Component(ResourceJson observation, Coding code, int value)
    {
        observation.Json.WriteStartObject();
        observation.Concept("code", code);
        observation.Quantity("valueQuantity", value, "mmHg", "mm[Hg]");
        observation.Json.WriteEndObject();
    }
}
