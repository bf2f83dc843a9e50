using System.Collections.Frozen;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Compartments;

/// <summary>
/// The elements of each type that put a resource into a patient's compartment, most telling first: the facts of R4's
/// CompartmentDefinition <c>patient</c> with the paths of its search parameters. https://hl7.org/fhir/R4/compartmentdefinition-patient.html
/// </summary>
public static class PatientCompartment
{
    private const string Table = """
        Account subject
        AdverseEvent subject
        AllergyIntolerance patient recorder asserter
        Appointment participant.actor
        AppointmentResponse actor
        Basic subject author
        BodyStructure patient
        CarePlan subject activity.detail.performer
        CareTeam subject participant.member
        ChargeItem subject
        Claim patient payee.party
        ClaimResponse patient
        ClinicalImpression subject
        Communication subject sender recipient
        CommunicationRequest subject sender recipient requester
        Composition subject author attester.party
        Condition subject asserter
        Consent patient
        Coverage beneficiary policyHolder subscriber payor
        CoverageEligibilityRequest patient
        CoverageEligibilityResponse patient
        DetectedIssue patient
        DeviceRequest subject performer
        DeviceUseStatement subject
        DiagnosticReport subject
        DocumentManifest subject author recipient
        DocumentReference subject author
        Encounter subject
        EnrollmentRequest candidate
        EpisodeOfCare patient
        ExplanationOfBenefit patient payee.party
        FamilyMemberHistory patient
        Flag subject
        Goal subject
        Group member.entity
        ImagingStudy subject
        Immunization patient
        ImmunizationEvaluation patient
        ImmunizationRecommendation patient
        Invoice subject recipient
        List subject source
        MeasureReport subject
        Media subject
        MedicationAdministration subject performer.actor
        MedicationDispense subject receiver
        MedicationRequest subject
        MedicationStatement subject
        MolecularSequence patient
        NutritionOrder patient
        Observation subject performer
        Patient link.other
        Procedure subject performer.actor
        Provenance target
        QuestionnaireResponse subject author
        RelatedPerson patient
        RequestGroup subject action.participant
        ResearchSubject individual
        RiskAssessment subject
        Schedule actor
        ServiceRequest subject performer
        Specimen subject
        SupplyDelivery patient
        SupplyRequest deliverTo
        VisionPrescription patient
        """;

    /// <summary>Types outside the compartment that still say whose they are.</summary>
    private const string Besides = """
        Contract subject
        Device patient
        GuidanceResponse subject
        Task for
        Binary securityContext
        """;

    private static readonly FrozenDictionary<string, string[][]> Paths = (Table + "\n" + Besides)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .ToFrozenDictionary(words => words[0], words => words[1..].Select(path => path.Split('.')).ToArray());

    /// <summary>True where the type says in an element of its own whose it is.</summary>
    public static bool Names(string type) => Paths.ContainsKey(type);

    /// <summary>The elements of a type that may name a patient, without the type's name; none for a type outside the table.</summary>
    public static IEnumerable<string> Elements(string type) =>
        Paths.TryGetValue(type, out string[][]? paths) ? paths.Select(path => string.Join('.', path)) : [];

    /// <summary>The element that a resource of the type should name its patient in, such as <c>Observation.subject</c>.</summary>
    public static string MainElement(string type) =>
        Paths.TryGetValue(type, out string[][]? paths) ? $"{type}.{string.Join('.', paths[0])}" : type;

    /// <summary>Every reference that may name a patient, in the order of the table.</summary>
    public static IEnumerable<ResourceReference> References(Resource resource) =>
        Paths.TryGetValue(resource.TypeName, out string[][]? paths) ? paths.SelectMany(path => At(resource, path)) : [];

    private static IEnumerable<ResourceReference> At(Base element, ReadOnlyMemory<string> path)
    {
        if (path.IsEmpty)
        {
            return element is ResourceReference reference ? [reference] : [];
        }

        return element.TryGetValue(path.Span[0], out object? value)
            ? value switch
            {
                Base child => At(child, path[1..]),
                IEnumerable<Base> children => children.SelectMany(child => At(child, path[1..])),
                _ => [],
            }
            : [];
    }
}
