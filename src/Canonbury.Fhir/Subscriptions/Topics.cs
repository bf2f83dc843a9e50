using Canonbury.Fhir.Search;
using Hl7.Fhir.Model;
using Stay = Hl7.Fhir.Model.Encounter.EncounterStatus;

namespace Canonbury.Fhir.Subscriptions;

/// <summary>The topics that this server knows.</summary>
public static class Topics
{
    private const string Space = "https://canonbury.org/fhir/SubscriptionTopic/";

    private const string Laboratory = "laboratory";

    /// <summary>Classes of encounter (v3 ActCode) in which the person is in a hospital: inpatient of any kind, short stay, observation, emergency.</summary>
    private static readonly string[] InHospital = ["IMP", "ACUTE", "NONAC", "SS", "OBSENC", "EMER"];

    public static readonly IReadOnlyList<Topic> All =
    [
        new(Space + "encounter-admitted", "Someone is in hospital", ["Encounter"], change =>
            IsStay(change.After, Stay.InProgress) && !IsStay(change.Before, Stay.InProgress)),
        new(Space + "encounter-discharged", "Someone has left hospital", ["Encounter"], change =>
            IsStay(change.After, Stay.Finished) && !IsStay(change.Before, Stay.Finished)),
        new(Space + "patient-died", "Someone has died", ["Patient"], change => IsDead(change.After) && !IsDead(change.Before)),
        new(Space + "result", "A result is final, or a final one was corrected or withdrawn", ["DiagnosticReport", "Observation"], change =>
            IsResult(change.After) || IsResult(change.Before)),
        new(Space + "care-plan-changed", "A care plan has changed", ["CarePlan"], _ => true),
        new(Space + "appointment-changed", "An appointment was booked or has changed", ["Appointment"], _ => true),
        new(Space + "resource-changed", "Any resource of a type has changed; a filter names the type", [], _ => true),
    ];

    public static Topic? Find(string url) => All.FirstOrDefault(topic => topic.Url == url);

    /// <summary>R4's own form: the resource that was created or updated meets the criteria. https://hl7.org/fhir/R4/subscription.html</summary>
    internal static Topic Updated(string type) => new("", "", [type], change => change.After is not null);

    private static bool IsStay(ResourceValues? values, Stay status) =>
        values?.Resource is Encounter encounter && encounter.Status == status && InHospital.Contains(encounter.Class?.Code);

    private static bool IsDead(ResourceValues? values) =>
        values?.Resource is Patient { Deceased: FhirDateTime or FhirBoolean { Value: true } };

    private static bool IsResult(ResourceValues? values) => values?.Resource switch
    {
        DiagnosticReport report => report.Status is DiagnosticReport.DiagnosticReportStatus.Final or DiagnosticReport.DiagnosticReportStatus.Amended
            or DiagnosticReport.DiagnosticReportStatus.Corrected or DiagnosticReport.DiagnosticReportStatus.Appended,
        Observation observation => observation.Status is ObservationStatus.Final or ObservationStatus.Amended or ObservationStatus.Corrected
            && observation.Category.Exists(category => category.Coding.Exists(coding => coding.Code == Laboratory)),
        _ => false,
    };
}
