using Canonbury.Borough.Bundles;
using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>The practice's system: it pushes FHIR R4 transaction bundles, one for each contact.</summary>
internal sealed class GpDesk(Desk desk, Dice dice)
{
    private Practice Practice => desk.Latest.Practice;

    private Clinician Doctor => desk.Latest.Doctor;

    public DateTime Since => desk.Latest.Since;

    /// <summary>The person, with what the practice already knew.</summary>
    public void Register(DateTime at, bool withBackground)
    {
        using BundleWriter bundle = new(Registers.Base(desk.System), desk.NextKey("B"));
        bundle.Put("Patient", desk.LocalId, patient => PatientResource.Write(patient, desk.At(at)));
        if (withBackground)
        {
            WriteBackground(bundle, at);
        }

        desk.Send(bundle.ToBytes(), "bundle", at);
    }

    public void Update(DateTime at) => Register(at, withBackground: false);

    /// <summary>A contact with whatever comes of it.</summary>
    public void Consult(DateTime at, string reason, Action<GpContact> write)
    {
        using BundleWriter bundle = new(Registers.Base(desk.System), desk.NextKey("B"));
        string encounter = desk.NextKey("E");
        Clinician seenBy = dice.Chance(0.6) ? Doctor : dice.Pick(Practice.Doctors);
        GpResources resources = new(bundle, desk.LocalId, seenBy, Practice);
        resources.Encounter(encounter, at, reason);
        write(new GpContact(desk, dice, resources, new ObservationResources(bundle, desk.LocalId, seenBy, at, encounter), at, encounter));
        desk.Send(bundle.ToBytes(), "bundle", at);
    }

    public void Immunise(DateTime at, Coding procedure, Coding vaccine)
    {
        using BundleWriter bundle = new(Registers.Base(desk.System), desk.NextKey("B"));
        new GpResources(bundle, desk.LocalId, Doctor, Practice).Immunization(desk.NextKey("I"), procedure, vaccine, at);
        desk.Send(bundle.ToBytes(), "bundle", at);
    }

    private void WriteBackground(BundleWriter bundle, DateTime at)
    {
        GpResources resources = new(bundle, desk.LocalId, Doctor, Practice);
        if (desk.Health.Allergies.Count == 0)
        {
            // A third of the practices' records say nothing about allergies, which is not the same as none.
            if (dice.Chance(0.66))
            {
                resources.NoKnownAllergy($"A{desk.LocalId}-none", at);
            }
        }

        foreach (Allergy allergy in desk.Health.Allergies)
        {
            resources.Allergy(desk.NextKey("A"), allergy, at);
        }

        ObservationResources observations = new(bundle, desk.LocalId, Doctor, at, null);
        observations.Height(desk.NextKey("O"), desk.Health.HeightCm);
        observations.Weight(desk.NextKey("O"), desk.Health.WeightKg);
        if (desk.Resident.AgeOn(DateOnly.FromDateTime(at)) >= 16)
        {
            observations.Smoking(desk.NextKey("O"), desk.Health.Smoking);
        }

        foreach ((Condition condition, DateOnly since) in desk.Health.Conditions)
        {
            if (since < DateOnly.FromDateTime(at))
            {
                resources.Condition($"C{desk.LocalId}-{condition.Name}", condition.Code, at, since, resolved: false, null);
                foreach (Medicine medicine in condition.Medicines.Take(1))
                {
                    resources.Medicine($"M{desk.LocalId}-{condition.Name}-1", medicine, at, stopped: false, condition.Code);
                }
            }
        }
    }
}
