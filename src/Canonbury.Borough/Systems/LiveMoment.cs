using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Something that happens just now. A longer happening begins early enough for its last message to be about now.</summary>
internal sealed class LiveMoment(Cast cast, Dice dice)
{
    public void Tell(DateTime now)
    {
        switch (dice.Below(100))
        {
            case < 34:
                cast.Lab?.Report(now.AddHours(-20), LabOrders.Usual(dice));
                break;
            case < 54:
                Consult(now);
                break;
            case < 66:
                cast.Hospital?.Appointments().Book(now, dice.WithinDays(now.AddDays(20), 60), "Respiratory", "Follow-up");
                break;
            case < 80:
                cast.Hospital?.Emergency(now.AddMinutes(-dice.Between(0, 360)), LabOrders.AnyReason(dice));
                break;
            case < 88:
                cast.UrgentCare?.Contact(now.AddMinutes(-dice.Between(0, 130)), LabOrders.AnyReason(dice));
                break;
            case < 94:
                cast.Hospital?.Stay(now.AddHours(-dice.Between(1, 40)), dice.Between(1, 3), cast.Hospital.AnyWard(), "General medicine",
                    LabOrders.AnyReason(dice), emergency: true);
                break;
            case < 97:
                cast.SocialCare?.Review(now);
                break;
            default:
                cast.Hospital?.Update(now);
                cast.Gp?.Update(now);
                break;
        }
    }

    private void Consult(DateTime now) => cast.Gp?.Consult(now, "Review", contact =>
    {
        contact.Pressure();
        contact.Weight();
        if (dice.Chance(0.4))
        {
            Coding infection = Coding.Own("chest-infection", "Chest infection");
            contact.Minor(infection);
            contact.Antibiotic(infection);
        }
    });
}
