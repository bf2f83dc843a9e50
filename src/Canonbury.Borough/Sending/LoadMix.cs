using System.Globalization;
using Canonbury.Borough.Health;
using Canonbury.Borough.People;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>
/// The load of the benchmarks: half ADT of the hospital, half ORU of the laboratory with a median of eight results, about patients picked
/// at random. The same options give the same messages.
/// </summary>
public sealed class LoadMix
{
    private readonly BoroughOptions options;
    private readonly Dice dice;
    private readonly List<SourceEvent> made = [];
    private readonly List<(HospitalDesk Hospital, LabDesk Lab)> patients = [];

    public LoadMix(BoroughOptions options)
    {
        this.options = options;
        dice = new Dice(options.Seed, 9, 0);
        foreach (Resident resident in SyntheticBorough.Create(options).Residents())
        {
            HealthProfile health = HealthProfile.Of(resident, options);
            (Registration pas, Registration lab) = Registrations.OfHospital(resident, options);
            string run = ".M" + (options.Seed % 256).ToString("x", CultureInfo.InvariantCulture);
            patients.Add((new HospitalDesk(new Desk(pas, resident, health, run, made), dice), new LabDesk(new Desk(lab, resident, health, run, made), dice)));
        }
    }

    /// <summary>Messages without end; take as many as you want.</summary>
    public IEnumerable<SourceEvent> Messages()
    {
        DateTime at = options.AsOf.ToDateTime(new TimeOnly(6, 0));
        Queue<SourceEvent> adt = new();
        for (long number = 0; ; number++)
        {
            at = at.AddMilliseconds(430);
            (HospitalDesk hospital, LabDesk lab) = dice.Pick(patients);
            made.Clear();
            if (number % 2 == 0)
            {
                lab.Report(at, LabOrders.Usual(dice));
                yield return made[0];
                continue;
            }

            if (adt.Count == 0)
            {
                hospital.Stay(at, dice.Between(1, 5), hospital.AnyWard(), "General medicine", LabOrders.AnyReason(dice), emergency: true);
                foreach (SourceEvent each in made.Where(each => each.Kind.StartsWith("ADT", StringComparison.Ordinal)))
                {
                    adt.Enqueue(each);
                }
            }

            yield return adt.Dequeue();
        }
    }
}
