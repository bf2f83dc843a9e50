using System.Globalization;
using Canonbury.Borough.Sending;
using Spectre.Console;

namespace Canonbury.Server.Commands;

/// <summary>Runs a simulation and shows how far it is: a bar on a terminal, a line every ten seconds elsewhere.</summary>
internal static class SimulationView
{
    public static async Task<SimulationProgress> RunAsync(SimulationOptions options, CancellationToken cancellation)
    {
        IAnsiConsole console = Terminal.Error;
        if (!console.Profile.Capabilities.Interactive)
        {
            return await Simulation.RunAsync(options, new EveryTenSeconds(), cancellation);
        }

        return await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask("starting", maxValue: Math.Max(1, options.Residents));
                return await Simulation.RunAsync(options, new Immediate(progress => Show(bar, progress)), cancellation);
            });
    }

    public static void PrintEnd(SimulationProgress end) => Console.WriteLine(Words(end));

    private static void Show(ProgressTask bar, SimulationProgress progress)
    {
        bar.Value = progress.ResidentsDone;
        bar.Description = Words(progress).EscapeMarkup();
    }

    private static string Words(SimulationProgress progress)
    {
        string words = string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Phase}: {progress.ResidentsDone} residents, {progress.Acknowledged} of {progress.Sent} messages acknowledged, {progress.PerSecond:0}/s, p50 {progress.P50:0} ms, p99 {progress.P99:0} ms");
        string refused = progress.Refused > 0 ? string.Create(CultureInfo.InvariantCulture, $", {progress.Refused} refused") : "";
        return words + refused + (progress.LastProblem is string problem ? $" (last problem: {problem})" : "");
    }

    /// <summary>Reports on the caller's thread, so that the last word is the last one shown.</summary>
    private sealed class Immediate(Action<SimulationProgress> show) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => show(value);
    }

    private sealed class EveryTenSeconds : IProgress<SimulationProgress>
    {
        private TimeSpan next;

        public void Report(SimulationProgress value)
        {
            if (value.Elapsed >= next && value.Phase != "done")
            {
                next = value.Elapsed + TimeSpan.FromSeconds(10);
                Console.Error.WriteLine(Words(value));
            }
        }
    }
}
