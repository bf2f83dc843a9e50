using Canonbury.Fhir.Statements;
using Canonbury.Translate;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Translate.Clinical;

/// <summary>SIU: HL7 v2 chapter 10 and the published maps SCH, AIS, AIL and AIP [Appointment].</summary>
public sealed class AppointmentTests
{

    private static readonly string[] Resources =
        ["RGS|1", "AIS|1||CARD^Cardiology clinic^L|20260310093000", "AIL|1||CLINIC 4^^^RXX", "AIP|1||C123^Shah^Meera^^^Dr^^^GMC"];

    [Fact]
    public void Booking_HasTimesClinicAndClinician()
    {
        Appointment appointment = Assert.Single(Messages.Translate("SIU^S12", [Sch("Booked"), .. Resources]).All<Appointment>());

        Assert.Equal(Appointment.AppointmentStatus.Booked, appointment.Status);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 9, 30, 0, TimeSpan.Zero), appointment.Start);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 10, 0, 0, TimeSpan.Zero), appointment.End);
        Assert.Equal("Cardiology clinic", appointment.ServiceType[0].Text);
        Assert.Contains(appointment.Participant, participant => participant.Actor?.Display == "Dr Meera Shah");
        Assert.StartsWith("Patient/", appointment.Participant[0].Actor?.Reference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S12", "", Appointment.AppointmentStatus.Booked)]
    [InlineData("S13", "Booked", Appointment.AppointmentStatus.Booked)]
    [InlineData("S14", "Arrived", Appointment.AppointmentStatus.Arrived)]
    [InlineData("S14", "Complete", Appointment.AppointmentStatus.Fulfilled)]
    [InlineData("S15", "Booked", Appointment.AppointmentStatus.Cancelled)]
    [InlineData("S17", "", Appointment.AppointmentStatus.EnteredInError)]
    [InlineData("S26", "Booked", Appointment.AppointmentStatus.Noshow)]
    public void Status_FollowsTheEventThenScheduleStatus(string trigger, string stated, Appointment.AppointmentStatus expected)
    {
        Translation translation = Messages.Translate($"SIU^{trigger}", [Sch(stated), .. Resources]);

        Assert.Equal(expected, Assert.Single(translation.All<Appointment>()).Status);
    }

    [Fact]
    public void ThinCancellation_HasTheSameId_AndLeavesTheClinicAsItWas()
    {
        Appointment booked = Messages.Translate("SIU^S12", [Sch("Booked"), .. Resources]).All<Appointment>()[0];
        Translation cancellation = Messages.Translate("SIU^S15", "SCH|PL1|FI1^PAS");

        ResourceStatement fallback = cancellation.Statements.First(
            statement => statement.Content is Appointment { Participant.Count: > 0 });
        ResourceStatement cancelled = cancellation.Statements.First(statement => statement.Content is Appointment { Participant.Count: 0 });
        Assert.Equal(booked.Id, cancelled.Content.Id);
        Assert.Equal(StatementMode.Elements, cancelled.Mode);
        Assert.Null(cancelled.Stamp);
        Assert.Equal(DateTimeOffset.UnixEpoch, fallback.Stamp?.At);
    }

    [Fact]
    public void Appointment_WithoutANumber_IsRefusedByName() =>
        Assert.Equal("appointment-id-missing", Assert.Throws<UntranslatableException>(() => Messages.Translate("SIU^S12", "SCH|||")).Code);

    private static string Sch(string status) =>
        $"SCH|PL1|FI1^PAS|||||CHECK^Check-up|ROUTINE|30|min|^^^20260310093000^20260310100000||||||||||||||{status}";
}
