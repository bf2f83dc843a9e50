using Canonbury.Borough.Bundles;
using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>The council's adult social care system: it pushes FHIR R4 transaction bundles.</summary>
internal sealed class SocialCareDesk(Desk desk, Dice dice)
{
    private static readonly Coding[] Hazards =
    [
        Coding.Own("hazard-dog", "Large dog at the property"), Coding.Own("hazard-two-visitors", "Visit in pairs"),
        Coding.Own("hazard-stairs", "Steep stairs, poor light"), Coding.Own("hazard-oxygen", "Oxygen in the home: no flame"),
        Coding.Own("hazard-hoarding", "Hoarding: blocked exits"),
    ];

    private readonly Clinician worker = dice.Pick(Clinicians.SocialWorkers);

    public DateTime Since => desk.Latest.Since;

    public void Register(DateTime at)
    {
        using BundleWriter bundle = new(Registers.Base(desk.System), desk.NextKey("B"));
        bundle.Put("Patient", desk.LocalId, patient => PatientResource.Write(patient, desk.At(at)));
        desk.Send(bundle.ToBytes(), "bundle", at);
    }

    /// <summary>An assessment and the package of care that follows.</summary>
    public void Care(DateTime from, string kind)
    {
        using BundleWriter bundle = new(Registers.Base(desk.System), desk.NextKey("B"));
        CareResources resources = new(bundle, desk.LocalId, worker);
        resources.Episode(desk.NextKey("E"), from, null, kind);
        resources.Team(desk.NextKey("T"), from, $"{kind} team");
        resources.Plan(desk.NextKey("P"), from, "Care and support plan", "Keeps living safely and chooses daily life.", Activities(kind));
        if (dice.Chance(0.3))
        {
            resources.Hazard(desk.NextKey("F"), from, dice.Pick(Hazards));
        }

        Registration person = desk.At(from);
        resources.Document(desk.NextKey("D"), from, "Needs assessment", $"Assessment of {person.Given} {person.Family}\n"
            + $"Reason: {kind}\nMobility: uses a frame indoors.\nWashing & dressing: help in the morning.\nOutcome: package of care agreed.\n");
        desk.Send(bundle.ToBytes(), "bundle", from);
    }

    public void Review(DateTime at)
    {
        using BundleWriter bundle = new(Registers.Base(desk.System), desk.NextKey("B"));
        new CareResources(bundle, desk.LocalId, worker).Document(desk.NextKey("D"), at, "Annual review",
            "Annual review of the care and support plan.\nNeeds unchanged. The family visits on Sundays.\n");
        desk.Send(bundle.ToBytes(), "bundle", at);
    }

    private string[] Activities(string kind) => kind == "Residential care"
        ? ["Full-time care in a care home", "Weekly visit by the practice nurse"]
        : [$"Home care, {dice.Between(1, 4)} visits a day", "Community alarm", dice.Chance(0.5) ? "Day centre on Tuesdays" : "Meals delivered at noon"];
}
