using Hl7.Fhir.Model;

namespace Canonbury.Translate.Codes;

/// <summary>What became of an appointment: HL7 table 0278 (SCH-25, AIS-10) and the trigger event.</summary>
public static class AppointmentStatuses
{
    /// <summary>
    /// The published map FillerStatusCodes[Appointment]; where it is silent (Discontinued, Blocked, Overbook), HL7 v2 chapter 10: a
    /// discontinued
    /// appointment is cancelled, an overbooked one is booked. Arrived and Checked-in are what appointment systems add to the table.
    /// </summary>
    public static Appointment.AppointmentStatus? OfFiller(string code) => code.ToUpperInvariant() switch
    {
        "PENDING" => Appointment.AppointmentStatus.Pending,
        "WAITLIST" => Appointment.AppointmentStatus.Waitlist,
        "BOOKED" or "OVERBOOK" or "SCHEDULED" or "CONFIRMED" => Appointment.AppointmentStatus.Booked,
        "ARRIVED" => Appointment.AppointmentStatus.Arrived,
        "STARTED" or "CHECKED-IN" or "CHECKEDIN" => Appointment.AppointmentStatus.CheckedIn,
        "COMPLETE" or "COMPLETED" => Appointment.AppointmentStatus.Fulfilled,
        "CANCELLED" or "CANCELED" or "DISCONTINUED" => Appointment.AppointmentStatus.Cancelled,
        "DELETED" => Appointment.AppointmentStatus.EnteredInError,
        "NOSHOW" or "NO SHOW" or "NO-SHOW" or "DNA" => Appointment.AppointmentStatus.Noshow,
        _ => null,
    };

    /// <summary>
    /// HL7 v2 chapter 10, section 10.4: S15 cancels, S16 discontinues, S17 deletes, S26 says that the person did not come; these hold
    /// whatever SCH-25 says.
    /// </summary>
    public static Appointment.AppointmentStatus? OfEvent(string trigger) => trigger switch
    {
        "S15" or "S16" => Appointment.AppointmentStatus.Cancelled,
        "S17" => Appointment.AppointmentStatus.EnteredInError,
        "S26" => Appointment.AppointmentStatus.Noshow,
        _ => null,
    };
}
