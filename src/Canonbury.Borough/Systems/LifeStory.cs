using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Tells one person's last years once, to every system that would hear of it, so that the systems agree.</summary>
internal sealed class LifeStory
{
    private readonly Cast cast;
    private readonly HealthProfile health;
    private readonly Resident resident;
    private readonly BoroughOptions options;
    private readonly Dice dice;

    public LifeStory(Resident resident, HealthProfile health, BoroughOptions options, Dice dice, string run, ICollection<SourceEvent> events)
    {
        this.resident = resident;
        this.health = health;
        this.options = options;
        this.dice = dice;
        cast = new Cast(resident, health, Registrations.Of(resident, health, options), dice, run, events);
    }

    public void TellRegistrations()
    {
        cast.Gp?.Register(cast.Gp.Since, withBackground: true);
        cast.Hospital?.Register(cast.Hospital.Desk.Latest.Since);
        cast.Duplicate?.Register(cast.Duplicate.Desk.Latest.Since);
        cast.Lab?.Register(cast.Lab.Desk.Latest.Since);
        cast.UrgentCare?.Register(cast.UrgentCare.Desk.Latest.Since);
        cast.Community?.Register(cast.Community.Desk.Latest.Since);
        cast.SocialCare?.Register(cast.SocialCare.Since);
    }

    public void TellPast()
    {
        DateTime from = options.AsOf.AddYears(-Registrations.Years).ToDateTime(new TimeOnly(9, 0));

        // Sixty days past the end, so that appointments stand in the diary; what is not yet sent is cut off.
        DateTime until = options.AsOf.AddDays(60).ToDateTime(new TimeOnly(18, 0));
        TellChanges();
        TellDuplicate();
        new Immunisations(cast, resident, health, dice).Tell(from, until);
        new EverydayIllness(cast, resident, health, dice).Tell(from, until);
        new LongTermCare(cast, health, dice).Tell(from, until);
        new LaterLife(cast, resident, health, dice).Tell(from, until);
        if (health.Due is DateOnly due)
        {
            new Maternity(cast, dice).Tell(due.ToDateTime(new TimeOnly(4, 0)), until);
        }
    }

    public void TellNow(DateTime now) => new LiveMoment(cast, dice).Tell(now);

    private void TellChanges()
    {
        foreach (DateOnly? change in new[] { resident.MovedOn, resident.NameChangedOn, resident.Died })
        {
            if (change is DateOnly day)
            {
                DateTime known = day.AddDays(1).ToDateTime(new TimeOnly(10, 30));
                cast.Gp?.Update(known.AddDays(dice.Below(3)));
                cast.Hospital?.Update(known.AddDays(dice.Below(4)));
                if (dice.Chance(0.5))
                {
                    cast.Community?.Update(known.AddDays(dice.Below(4)));
                }
            }
        }
    }

    private void TellDuplicate()
    {
        if (cast.Duplicate is HospitalDesk duplicate && cast.Hospital is HospitalDesk hospital)
        {
            DateTime at = duplicate.Desk.Latest.Since.AddMinutes(30);
            duplicate.Emergency(at, LabOrders.AnyReason(dice));
            if (dice.Chance(0.7))
            {
                DateTime found = dice.WithinDays(at.AddDays(20), 200);
                hospital.Merge(duplicate.Desk.Latest, found > hospital.Desk.Latest.Since ? found : hospital.Desk.Latest.Since.AddDays(30));
            }
        }
    }
}
