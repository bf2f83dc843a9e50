using System.Collections.Frozen;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Makes the card of any resource: one function a type, listed here, and a plain fallback for every other type.</summary>
public static class CardExtractor
{
    private static readonly FrozenDictionary<Type, Func<Resource, Card>> ByType = new Dictionary<Type, Func<Resource, Card>>
    {
        [typeof(Patient)] = r => PeopleCards.Of((Patient)r),
        [typeof(RelatedPerson)] = r => PeopleCards.Of((RelatedPerson)r),
        [typeof(Condition)] = r => ProblemCard.Of((Condition)r),
        [typeof(AllergyIntolerance)] = r => AllergyCard.Of((AllergyIntolerance)r),
        [typeof(MedicationRequest)] = r => MedicineCards.Of((MedicationRequest)r),
        [typeof(MedicationStatement)] = r => MedicineCards.Of((MedicationStatement)r),
        [typeof(MedicationDispense)] = r => MedicineCards.Of((MedicationDispense)r),
        [typeof(MedicationAdministration)] = r => MedicineCards.Of((MedicationAdministration)r),
        [typeof(Observation)] = r => ObservationCard.Of((Observation)r),
        [typeof(DiagnosticReport)] = r => ReportCards.Of((DiagnosticReport)r),
        [typeof(ImagingStudy)] = r => ReportCards.Of((ImagingStudy)r),
        [typeof(Immunization)] = r => ImmunisationCard.Of((Immunization)r),
        [typeof(Procedure)] = r => ProcedureCard.Of((Procedure)r),
        [typeof(Appointment)] = r => AppointmentCard.Of((Appointment)r),
        [typeof(Encounter)] = r => EncounterCards.Of((Encounter)r),
        [typeof(EpisodeOfCare)] = r => EncounterCards.Of((EpisodeOfCare)r),
        [typeof(ServiceRequest)] = r => ReferralCard.Of((ServiceRequest)r),
        [typeof(DocumentReference)] = r => DocumentCards.Of((DocumentReference)r),
        [typeof(Composition)] = r => DocumentCards.Of((Composition)r),
        [typeof(Media)] = r => DocumentCards.Of((Media)r),
        [typeof(Binary)] = r => DocumentCards.Of((Binary)r),
        [typeof(QuestionnaireResponse)] = r => DocumentCards.Of((QuestionnaireResponse)r),
        [typeof(CarePlan)] = r => CarePlanCards.Of((CarePlan)r),
        [typeof(Goal)] = r => CarePlanCards.Of((Goal)r),
        [typeof(CareTeam)] = r => CareTeamCard.Of((CareTeam)r),
        [typeof(Flag)] = r => AlertCards.Of((Flag)r),
        [typeof(DetectedIssue)] = r => AlertCards.Of((DetectedIssue)r),
        [typeof(RiskAssessment)] = r => AlertCards.Of((RiskAssessment)r),
        [typeof(FamilyMemberHistory)] = r => FamilyHistoryCard.Of((FamilyMemberHistory)r),
        [typeof(Coverage)] = r => AdministrationCards.Of((Coverage)r),
        [typeof(Consent)] = r => AdministrationCards.Of((Consent)r),
        [typeof(Communication)] = r => AdministrationCards.Of((Communication)r),
        [typeof(Hl7.Fhir.Model.Task)] = r => AdministrationCards.Of((Hl7.Fhir.Model.Task)r),
    }.ToFrozenDictionary();

    /// <summary>The card of a resource whose id and references are final.</summary>
    public static Card Extract(Resource resource)
    {
        Card card = ByType.TryGetValue(resource.GetType(), out Func<Resource, Card>? of) ? of(resource) : FallbackCard.Of(resource);
        bool withdrawn = card.Withdrawn || card.Status == "entered-in-error" || card.Verification == "entered-in-error";
        return withdrawn == card.Withdrawn ? card : card with { Withdrawn = withdrawn };
    }
}
