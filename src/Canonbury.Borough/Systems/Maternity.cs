using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>A pregnancy: booking, antenatal clinic, blood tests, the birth.</summary>
internal sealed class Maternity(Cast cast, Dice dice)
{
    public void Tell(DateTime due, DateTime until)
    {
        DateTime booking = dice.WithinDays(due.AddDays(-220), 14);
        DateOnly since = DateOnly.FromDateTime(booking);
        cast.Gp?.Consult(booking, "Pregnancy booking", contact =>
        {
            contact.Diagnose(Condition.Pregnancy, since);
            contact.Start(Condition.Pregnancy, 1);
            contact.Pressure();
            contact.Weight();
            contact.Refer("Antenatal", Condition.Pregnancy.Code);
        });
        cast.Lab?.Report(booking.AddDays(3), [LabPanel.BloodCount]);
        cast.Lab?.Report(due.AddDays(-84), [LabPanel.BloodCount, LabPanel.Ferritin]);
        if (cast.Hospital is HospitalDesk hospital)
        {
            AppointmentDesk diary = hospital.Appointments();
            foreach (int days in new[] { 200, 140, 105, 63, 42, 21, 10 })
            {
                diary.Book(due.AddDays(-days - 20), dice.WithinDays(due.AddDays(-days), 4), "Antenatal", "Antenatal check");
            }

            hospital.Stay(due.AddDays(dice.Between(-10, 9)).AddMinutes(dice.Below(1200)), dice.Between(1, 4), "MAPLE", "Obstetrics",
                Coding.Own("birth", "Birth of a child"), emergency: true);
        }

        DateTime after = due.AddDays(45).Date.AddHours(11);
        if (after < until)
        {
            cast.Gp?.Consult(after, "Postnatal check", contact =>
            {
                contact.Diagnose(Condition.Pregnancy, since, resolved: true);
                contact.Stop(Condition.Pregnancy, 1);
                contact.Pressure();
            });
        }
    }
}
