using System.Collections.Frozen;
using Canonbury.Fhir.Search;

namespace Canonbury.Fhir.Compartments;

/// <summary>
/// The search parameters by which a resource is in a compartment: the facts of R4's CompartmentDefinitions.
/// https://hl7.org/fhir/R4/compartmentdefinition.html
/// </summary>
public static class CompartmentParameters
{
    private const string Table = """
        Device Communication sender recipient
        Device CommunicationRequest sender recipient
        Encounter CarePlan encounter
        Encounter CareTeam encounter
        Encounter ChargeItem context
        Encounter Claim encounter
        Encounter ClinicalImpression encounter
        Encounter Communication encounter
        Encounter CommunicationRequest encounter
        Encounter Composition encounter
        Encounter Condition encounter
        Encounter DeviceRequest encounter
        Encounter DiagnosticReport encounter
        Encounter DocumentManifest related-ref
        Encounter DocumentReference encounter
        Encounter ExplanationOfBenefit encounter
        Encounter Media encounter
        Encounter MedicationAdministration context
        Encounter MedicationRequest encounter
        Encounter NutritionOrder encounter
        Encounter Observation encounter
        Encounter Procedure encounter
        Encounter QuestionnaireResponse encounter
        Encounter RequestGroup encounter
        Encounter ServiceRequest encounter
        Encounter VisionPrescription encounter
        Patient Account subject
        Patient AdverseEvent subject
        Patient AllergyIntolerance patient recorder asserter
        Patient Appointment actor
        Patient AppointmentResponse actor
        Patient AuditEvent patient
        Patient Basic patient author
        Patient BodyStructure patient
        Patient CarePlan patient performer
        Patient CareTeam patient participant
        Patient ChargeItem subject
        Patient Claim patient payee
        Patient ClaimResponse patient
        Patient ClinicalImpression subject
        Patient Communication subject sender recipient
        Patient CommunicationRequest subject sender recipient requester
        Patient Composition subject author attester
        Patient Condition patient asserter
        Patient Consent patient
        Patient Coverage policy-holder subscriber beneficiary payor
        Patient CoverageEligibilityRequest patient
        Patient CoverageEligibilityResponse patient
        Patient DetectedIssue patient
        Patient DeviceRequest subject performer
        Patient DeviceUseStatement subject
        Patient DiagnosticReport subject
        Patient DocumentManifest subject author recipient
        Patient DocumentReference subject author
        Patient Encounter patient
        Patient EnrollmentRequest subject
        Patient EpisodeOfCare patient
        Patient ExplanationOfBenefit patient payee
        Patient FamilyMemberHistory patient
        Patient Flag patient
        Patient Goal patient
        Patient Group member
        Patient ImagingStudy patient
        Patient Immunization patient
        Patient ImmunizationEvaluation patient
        Patient ImmunizationRecommendation patient
        Patient Invoice subject patient recipient
        Patient List subject source
        Patient MeasureReport patient
        Patient Media subject
        Patient MedicationAdministration patient performer subject
        Patient MedicationDispense subject patient receiver
        Patient MedicationRequest subject
        Patient MedicationStatement subject
        Patient MolecularSequence patient
        Patient NutritionOrder patient
        Patient Observation subject performer
        Patient Patient link
        Patient Person patient
        Patient Procedure patient performer
        Patient Provenance patient
        Patient QuestionnaireResponse subject author
        Patient RelatedPerson patient
        Patient RequestGroup subject participant
        Patient ResearchSubject individual
        Patient RiskAssessment subject
        Patient Schedule actor
        Patient ServiceRequest subject performer
        Patient Specimen subject
        Patient SupplyDelivery patient
        Patient SupplyRequest subject
        Patient VisionPrescription patient
        Practitioner Account subject
        Practitioner AdverseEvent recorder
        Practitioner AllergyIntolerance recorder asserter
        Practitioner Appointment actor
        Practitioner AppointmentResponse actor
        Practitioner AuditEvent agent
        Practitioner Basic author
        Practitioner CarePlan performer
        Practitioner CareTeam participant
        Practitioner ChargeItem enterer performer-actor
        Practitioner Claim enterer provider payee care-team
        Practitioner ClaimResponse requestor
        Practitioner ClinicalImpression assessor
        Practitioner Communication sender recipient
        Practitioner CommunicationRequest sender recipient requester
        Practitioner Composition subject author attester
        Practitioner Condition asserter
        Practitioner CoverageEligibilityRequest enterer provider
        Practitioner CoverageEligibilityResponse requestor
        Practitioner DetectedIssue author
        Practitioner DeviceRequest requester performer
        Practitioner DiagnosticReport performer
        Practitioner DocumentManifest subject author recipient
        Practitioner DocumentReference subject author authenticator
        Practitioner Encounter practitioner participant
        Practitioner EpisodeOfCare care-manager
        Practitioner ExplanationOfBenefit enterer provider payee care-team
        Practitioner Flag author
        Practitioner Group member
        Practitioner Immunization performer
        Practitioner Invoice participant
        Practitioner Linkage author
        Practitioner List source
        Practitioner Media subject operator
        Practitioner MedicationAdministration performer
        Practitioner MedicationDispense performer receiver
        Practitioner MedicationRequest requester
        Practitioner MedicationStatement source
        Practitioner MessageHeader receiver author responsible enterer
        Practitioner NutritionOrder provider
        Practitioner Observation performer
        Practitioner Patient general-practitioner
        Practitioner PaymentNotice provider
        Practitioner PaymentReconciliation requestor
        Practitioner Person practitioner
        Practitioner PractitionerRole practitioner
        Practitioner Procedure performer
        Practitioner Provenance agent
        Practitioner QuestionnaireResponse author source
        Practitioner RequestGroup participant author
        Practitioner ResearchStudy principalinvestigator
        Practitioner RiskAssessment performer
        Practitioner Schedule actor
        Practitioner ServiceRequest performer requester
        Practitioner Specimen collector
        Practitioner SupplyDelivery supplier receiver
        Practitioner SupplyRequest requester
        Practitioner VisionPrescription prescriber
        RelatedPerson AdverseEvent recorder
        RelatedPerson AllergyIntolerance asserter
        RelatedPerson Appointment actor
        RelatedPerson AppointmentResponse actor
        RelatedPerson Basic author
        RelatedPerson CarePlan performer
        RelatedPerson CareTeam participant
        RelatedPerson ChargeItem enterer performer-actor
        RelatedPerson Claim payee
        RelatedPerson Communication sender recipient
        RelatedPerson CommunicationRequest sender recipient requester
        RelatedPerson Composition author
        RelatedPerson Condition asserter
        RelatedPerson Coverage policy-holder subscriber payor
        RelatedPerson DocumentManifest author recipient
        RelatedPerson DocumentReference author
        RelatedPerson Encounter participant
        RelatedPerson ExplanationOfBenefit payee
        RelatedPerson Invoice recipient
        RelatedPerson MedicationAdministration performer
        RelatedPerson MedicationStatement source
        RelatedPerson Observation performer
        RelatedPerson Patient link
        RelatedPerson Person link
        RelatedPerson Procedure performer
        RelatedPerson Provenance agent
        RelatedPerson QuestionnaireResponse author source
        RelatedPerson RequestGroup participant
        RelatedPerson Schedule actor
        RelatedPerson ServiceRequest performer
        RelatedPerson SupplyRequest requester
        """;

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string[]>> Names = Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .GroupBy(words => words[0])
        .ToFrozenDictionary(group => group.Key, group => group.ToFrozenDictionary(words => words[1], words => words[2..]));

    /// <summary>The types that have a compartment.</summary>
    public static IReadOnlyList<string> All => [.. Names.Keys.Order(StringComparer.Ordinal)];

    /// <summary>True for a type that has a compartment.</summary>
    public static bool Has(string compartment) => Names.ContainsKey(compartment);

    /// <summary>The types that can be in a compartment, its own first.</summary>
    public static IReadOnlyList<string> Types(string compartment) => [compartment, .. Names[compartment].Keys.Where(type => type != compartment).Order(StringComparer.Ordinal)];

    /// <summary>The parameters of a type that count; none where it is outside.</summary>
    public static IEnumerable<SearchParameter> Of(string compartment, string type) =>
        Names[compartment].TryGetValue(type, out string[]? names) ? names.Select(name => SearchParameters.Find(type, name)).OfType<SearchParameter>() : [];
}
