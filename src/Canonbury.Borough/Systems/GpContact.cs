using Canonbury.Borough.Bundles;
using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>What a doctor or nurse writes down in one contact.</summary>
internal sealed class GpContact(Desk desk, Dice dice, GpResources resources, ObservationResources observations, DateTime at, string encounter)
{
    public void Diagnose(Condition condition, DateOnly since, bool resolved = false) =>
        resources.Condition($"C{desk.LocalId}-{condition.Name}", condition.Code, at, since, resolved, encounter);

    /// <summary>A problem that will not stay, such as an infection.</summary>
    public void Minor(Coding problem) => resources.Condition(desk.NextKey("C"), problem, at, DateOnly.FromDateTime(at), resolved: true, encounter);

    public void Start(Condition condition, int medicine) => resources.Medicine(
        $"M{desk.LocalId}-{condition.Name}-{medicine}", condition.Medicines[medicine - 1], at, stopped: false, condition.Code);

    public void Stop(Condition condition, int medicine) => resources.Medicine(
        $"M{desk.LocalId}-{condition.Name}-{medicine}", condition.Medicines[medicine - 1], at, stopped: true, condition.Code);

    /// <summary>Penicillin, unless the person is allergic to it.</summary>
    public void Antibiotic(Coding reason)
    {
        bool forbidden = desk.Health.Allergies.Any(allergy => allergy.ForbidsPenicillin);
        resources.Medicine(desk.NextKey("M"), forbidden ? Medicine.Doxycycline : Medicine.Amoxicillin, at, stopped: false, reason);
    }

    public void Refer(string clinic, Coding reason) => resources.Referral(desk.NextKey("R"), clinic, at, reason, urgent: dice.Chance(0.1));

    public void Procedure(Coding code) => resources.Procedure(desk.NextKey("P"), code, at);

    public void Pressure()
    {
        bool high = desk.Health.Has(Condition.Hypertension);
        int systolic = (int)dice.Normal(high ? 143 : 124, 9);
        observations.Pressure(desk.NextKey("O"), systolic, (int)dice.Normal(high ? 86 : 77, 6));
        observations.HeartRate(desk.NextKey("O"), (int)dice.Normal(74, 8));
    }

    public void Weight(double change = 0) => observations.Weight(desk.NextKey("O"), Math.Round(desk.Health.WeightKg + change + dice.Normal(0, 1), 1));

    public void PeakFlow() => observations.PeakFlow(desk.NextKey("O"), (int)dice.Normal(410, 45));

    public void Smoking() => observations.Smoking(desk.NextKey("O"), desk.Health.Smoking);
}
