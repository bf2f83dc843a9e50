using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>The desks of the systems that know one person; null where a system does not.</summary>
internal sealed class Cast
{
    public Cast(
        Resident resident, HealthProfile health, IReadOnlyList<Registration> registrations, Dice dice, string run, ICollection<SourceEvent> events)
    {
        foreach (Registration registration in registrations)
        {
            Desk desk = new(registration, resident, health, run, events);
            switch (registration.System.Code)
            {
                case "gp":
                    Gp = new GpDesk(desk, dice);
                    break;
                case "pas" when registration.IsDuplicate:
                    Duplicate = new HospitalDesk(desk, dice);
                    break;
                case "pas":
                    Hospital = new HospitalDesk(desk, dice);
                    break;
                case "lab":
                    Lab = new LabDesk(desk, dice);
                    break;
                case "ooh":
                    UrgentCare = new UrgentCareDesk(desk, dice);
                    break;
                case "cmh":
                    Community = new CommunityDesk(desk, dice);
                    break;
                default:
                    SocialCare = new SocialCareDesk(desk, dice);
                    break;
            }
        }
    }

    public GpDesk? Gp { get; }

    public HospitalDesk? Hospital { get; }

    public HospitalDesk? Duplicate { get; }

    public LabDesk? Lab { get; }

    public UrgentCareDesk? UrgentCare { get; }

    public CommunityDesk? Community { get; }

    public SocialCareDesk? SocialCare { get; }
}
