using System.Globalization;
using Canonbury.Borough.Bundles;
using Canonbury.Borough.Health;
using Canonbury.Borough.People;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>Runs the synthetic borough against a server or into files: the one class that a command needs.</summary>
public sealed class Simulation
{
    /// <summary>A trickle is about these people at most, however large the borough is.</summary>
    private const int MostLivePeople = 5_000;

    private readonly SimulationOptions options;
    private readonly BoroughOptions borough;
    private readonly SendingCounters counters = new();
    private readonly TimeProvider time;
    private readonly ProgressReport report;
    private readonly List<Resident> livePeople = [];

    private Simulation(SimulationOptions options, IProgress<SimulationProgress> progress, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        DateOnly today = DateOnly.FromDateTime(LondonClock.Now(time));
        borough = new BoroughOptions(options.Residents, options.Seed, options.AsOf ?? today.AddDays(-1));
        report = new ProgressReport(options.Residents, counters, progress, time);
    }

    /// <summary>Runs until everything is sent and answered; a trickle, and a mix without a number, until it is cancelled.</summary>
    /// <returns>The last progress, with phase <c>done</c>. Cancelling ends the run without an exception.</returns>
    public static async Task<SimulationProgress> RunAsync(
        SimulationOptions options, IProgress<SimulationProgress> progress, CancellationToken cancellation, TimeProvider? time = null)
    {
        Simulation simulation = new(options, progress, time ?? TimeProvider.System);
        await using Outlets outlets = new(options, simulation.counters, simulation.time);
        try
        {
            await simulation.RunAsync(outlets, cancellation);
            await simulation.report.TellUntil(outlets.CompleteAsync(cancellation), "answers", cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A trickle is always ended so.
        }

        return simulation.report.Done();
    }

    private async Task RunAsync(Outlets outlets, CancellationToken cancellation)
    {
        if (options.Mode == SimulationMode.Mix)
        {
            await SendMixAsync(outlets, cancellation);
            return;
        }

        await SendHistoriesAsync(outlets, cancellation);
        if (options.Mode == SimulationMode.Trickle)
        {
            await SendLiveAsync(outlets, cancellation);
        }
    }

    private async Task SendMixAsync(Outlets outlets, CancellationToken cancellation)
    {
        Pacer pacer = new(options.Rate, time);
        long sent = 0;
        foreach (SourceEvent message in new LoadMix(borough).Messages())
        {
            await pacer.WaitAsync(cancellation);
            await outlets.SendAsync(message, cancellation);
            report.Tell("mix", residentsDone: options.Residents);
            if (++sent == options.Messages)
            {
                return;
            }
        }
    }

    private async Task SendHistoriesAsync(Outlets outlets, CancellationToken cancellation)
    {
        await using TruthWriter? truth = options.TruthFile is string path ? new TruthWriter(new StreamWriter(path)) : null;
        Pacer pacer = new(options.Mode == SimulationMode.Trickle ? 0 : options.Rate, time);
        foreach (SourceSystem system in SourceSystem.All.Where(each => each.SendsFhir))
        {
            await outlets.SendAsync(Registers.Of(system, LondonClock.Now(time)), cancellation);
        }

        long done = 0;
        foreach (Resident resident in InOrder(SyntheticBorough.Create(borough)))
        {
            if (livePeople.Count < MostLivePeople)
            {
                livePeople.Add(resident);
            }

            if (truth is not null)
            {
                await truth.WriteAsync(resident, Registrations.Of(resident, HealthProfile.Of(resident, borough), borough));
            }

            bool whole = !options.IdentityOnly || resident.Number <= options.FullHistories;
            foreach (SourceEvent each in whole ? History.Of(resident, borough) : History.IdentityOf(resident, borough))
            {
                await pacer.WaitAsync(cancellation);
                await outlets.SendAsync(each, cancellation);
            }

            report.Tell("histories", ++done);
        }
    }

    private IEnumerable<Resident> InOrder(SyntheticBorough all) => options.First == 0 ? all.Residents()
        : all.Residents().Where(resident => resident.Number == options.First).Take(1)
            .Concat(all.Residents().Where(resident => resident.Number != options.First));

    private async Task SendLiveAsync(Outlets outlets, CancellationToken cancellation)
    {
        Pacer pacer = new(options.Rate > 0 ? options.Rate : 2, time);
        Dice dice = new(options.Seed, 8, (ulong)time.GetUtcNow().ToUnixTimeMilliseconds());
        string start = (time.GetUtcNow().ToUnixTimeSeconds() % 1_000_000).ToString("x", CultureInfo.InvariantCulture);
        for (long number = 1; livePeople.Count > 0; number++)
        {
            await pacer.WaitAsync(cancellation);
            string run = string.Create(CultureInfo.InvariantCulture, $".{start}{number:x}");
            foreach (SourceEvent each in History.Now(dice.Pick(livePeople), borough, LondonClock.Now(time), run))
            {
                await outlets.SendAsync(each, cancellation);
            }

            report.Tell("live", options.Residents);
        }
    }
}
