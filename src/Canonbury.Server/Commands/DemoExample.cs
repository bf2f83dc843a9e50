using Canonbury.Access.Callers;
using Canonbury.Borough.Health;
using Canonbury.Borough.People;
using Canonbury.Borough.Systems;
using Canonbury.Fhir.Ids;

namespace Canonbury.Server.Commands;

/// <summary>
/// The person whom the demonstration names, and whose record the account <see cref="DemoAccounts.Resident"/> is: somebody of whom every system
/// that knows them says the same, so that all of it is one record, and about whom there is much to see.
/// </summary>
internal sealed record DemoExample(Resident Resident, IReadOnlyList<Registration> Registrations)
{
    /// <summary>How many people are looked at, and of how many the whole history is: the choice must not delay the start.</summary>
    private const int Candidates = 5_000;

    private const int Finalists = 60;

    /// <summary>The person's patient in the practices' system.</summary>
    /// <param name="source">The code of that system's source.</param>
    public PatientId PatientIn(SourceId source) =>
        PatientId.Of(source, Registrations.First(registration => registration.System == SourceSystem.Gp).LocalId);

    public static DemoExample Of(BoroughOptions borough) => SyntheticBorough.Create(borough).Residents()
        .Take(Candidates)
        .Where(resident => resident is { Sensitive: false, NhsNumber: not null, Died: null })
        .Select(resident => (Resident: resident, Health: HealthProfile.Of(resident, borough)))
        .Select(one => (
            Example: new DemoExample(one.Resident, Borough.Systems.Registrations.Of(one.Resident, one.Health, borough)), one.Health))
        .Where(one => one.Example.Registrations.Any(registration => registration.System == SourceSystem.Gp))
        .OrderByDescending(one => one.Example.Promise(one.Health))
        .Take(Finalists)
        .MaxBy(one => one.Example.Promise(one.Health) + one.Example.Wealth(borough)).Example
        ?? throw new InvalidOperationException("Nobody in the borough is registered with a practice.");

    /// <summary>How much there should be to see, from who knows the person and what they have.</summary>
    private int Promise(HealthProfile health)
    {
        ILookup<bool, SourceSystem> systems = Registrations.ToLookup(SaysTheSame, registration => registration.System);
        // A record that does not fit waits in quarantine or stays apart: that is for others to show, not for the example.
        return (6 * systems[true].Distinct().Count()) - (12 * systems[false].Count())
            + (systems[true].Contains(SourceSystem.Asc) ? 12 : 0)
            + (health.Allergies.Count > 0 ? 20 : 0)
            + (3 * Math.Min(health.Conditions.Count, 6));
    }

    /// <summary>How much there is: reports, letters, stays, and appointments that are still to come.</summary>
    private int Wealth(BoroughOptions borough)
    {
        List<SourceEvent> events = [.. History.Of(Resident, borough)];
        int Count(string kind) => events.Count(sent => sent.Kind.StartsWith(kind, StringComparison.Ordinal));
        DateTime lastWeek = borough.AsOf.AddDays(-7).ToDateTime(TimeOnly.MinValue);
        bool hasAppointment = events.Any(sent => sent.Kind == "SIU^S12" && sent.At >= lastWeek);
        return Math.Min(Count("ORU"), 10) + (2 * Math.Min(Count("MDM"), 5)) + Math.Min(Count("SIU"), 8) + (hasAppointment ? 25 : 0);
    }

    private bool SaysTheSame(Registration registration) => !registration.IsDuplicate
        && registration.NhsNumber == Resident.NhsNumber && registration.Born == Resident.Born
        && registration.Family == Resident.Family && registration.Given == Resident.Given && registration.Address == Resident.Address;
}
