using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>Tells one person's last years once, to every system that would hear of it, so that the systems agree.</summary>
internal sealed class LifeStory
{
    private readonly Resident resident;
    private readonly BoroughOptions options;
    private readonly Dice dice;
    private readonly string run;
    private readonly LabDesk? lab;
    private readonly HospitalDesk? hospital;
    private readonly HospitalDesk? duplicate;

    public LifeStory(
        Resident resident, HealthProfile health, BoroughOptions options, IReadOnlyList<Registration> registrations, string run,
        List<SourceEvent> events)
    {
        this.resident = resident;
        this.options = options;
        this.run = run;
        dice = new Dice(options.Seed, 4, (ulong)resident.Number);
        foreach (Registration registration in registrations)
        {
            Desk desk = new(registration, resident, health, run, events);
            switch (registration.System.Code)
            {
                case "lab":
                    lab = new LabDesk(desk, dice);
                    break;
                case "pas" when registration.IsDuplicate:
                    duplicate = new HospitalDesk(desk, dice);
                    break;
                case "pas":
                    hospital = new HospitalDesk(desk, dice);
                    break;
            }
        }
    }

    public void TellRegistrations()
    {
        hospital?.Register(hospital.Desk.Latest.Since);
        duplicate?.Register(duplicate.Desk.Latest.Since);
        lab?.Register(lab.Desk.Latest.Since);
    }

    public void TellPast()
    {
        lab?.Report(lab.Desk.Latest.Since.AddDays(4), [LabPanel.BloodCount]);
    }

    public void TellNow(DateTime now)
    {
        _ = (now, run, options, resident);
    }
}
