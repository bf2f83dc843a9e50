using System.Collections.Frozen;

namespace Canonbury.Fhir.Compartments;

/// <summary>
/// The allow-list of types that are about nobody (design, section 4): places, organisations, staff, products, definitions.
/// </summary>
public static class NobodyTypes
{
    private static readonly FrozenSet<string> Always =
    [
        "Organization", "OrganizationAffiliation", "Practitioner", "PractitionerRole", "Location", "HealthcareService", "Endpoint", "Slot",
        "Medication", "MedicationKnowledge", "Substance", "SubstanceSpecification", "BiologicallyDerivedProduct", "CatalogEntry",
        "DeviceDefinition", "InsurancePlan", "ResearchStudy", "SpecimenDefinition", "ObservationDefinition", "Questionnaire", "ValueSet",
        "CodeSystem", "ConceptMap", "NamingSystem", "StructureDefinition", "StructureMap", "SearchParameter", "OperationDefinition",
        "CapabilityStatement", "CompartmentDefinition", "ImplementationGuide", "MessageDefinition", "GraphDefinition", "ExampleScenario",
        "TerminologyCapabilities", "ActivityDefinition", "PlanDefinition", "EventDefinition", "ChargeItemDefinition", "Library", "Measure",
        "ResearchDefinition", "ResearchElementDefinition", "Evidence", "EvidenceVariable", "EffectEvidenceSynthesis",
        "RiskEvidenceSynthesis",
        "TestScript", "MedicinalProduct", "MedicinalProductAuthorization", "MedicinalProductContraindication", "MedicinalProductIndication",
        "MedicinalProductIngredient", "MedicinalProductInteraction", "MedicinalProductManufactured", "MedicinalProductPackaged",
        "MedicinalProductPharmaceutical", "MedicinalProductUndesirableEffect", "SubstanceNucleicAcid", "SubstancePolymer",
        "SubstanceProtein",
        "SubstanceReferenceInformation", "SubstanceSourceMaterial", "Subscription",
    ];

    /// <summary>
    /// About a patient where they name one, else about nobody: a device on a shelf, a clinic's schedule, a group that is a definition.
    /// </summary>
    private static readonly FrozenSet<string> WithoutPatient = ["Device", "Schedule", "Group"];

    /// <summary>True where a resource of the type that names no patient belongs to nobody.</summary>
    public static bool Allows(string type) => Always.Contains(type) || WithoutPatient.Contains(type);
}
