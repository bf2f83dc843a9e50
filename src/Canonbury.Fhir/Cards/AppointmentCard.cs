using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>The card of an appointment, booked, kept, missed or cancelled. https://hl7.org/fhir/R4/appointment.html</summary>
internal static class AppointmentCard
{
    public static Card Of(Appointment appointment)
    {
        Card named = Concepts.Card(
            Section.Appointments,
            Concepts.Text(appointment.Description) ?? "Appointment",
            [.. appointment.ServiceType, .. appointment.Specialty, appointment.AppointmentType]);
        return named with
        {
            Status = Concepts.Literal(appointment.StatusElement),
            When = Moments.Literal(appointment.StartElement) ?? Moments.Start(appointment.RequestedPeriod.FirstOrDefault()),
            Until = Moments.Literal(appointment.EndElement),
            Recorded = Moments.Literal(appointment.CreatedElement),
            Author = Actors.Names(appointment, Participants(appointment, place: false)),
            Place = Actors.Names(appointment, Participants(appointment, place: true)),
            Text = Concepts.Join(
            [
                Concepts.WordsOnly(appointment.CancelationReason), Concepts.Join(appointment.ReasonCode.Select(Concepts.WordsOnly)),
                Concepts.Text(appointment.PatientInstruction),
                named.Title == Concepts.Text(appointment.Description) ? null : Concepts.Text(appointment.Description),
            ]),
            PartOf = Actors.Relative(appointment.BasedOn.FirstOrDefault()),
            SearchText = Concepts.Join([Concepts.Words(appointment.Specialty), Concepts.Text(appointment.Comment)]),
        };
    }

    private static IEnumerable<ResourceReference?> Participants(Appointment appointment, bool place) => appointment.Participant
        .Select(p => p.Actor)
        .Where(a => !Actors.Is(a, "Patient") && place == (Actors.Is(a, "Location") || Actors.Is(a, "HealthcareService")));
}
