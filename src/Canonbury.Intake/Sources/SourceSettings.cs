using Canonbury.Intake.Inbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Canonbury.Intake.Sources;

/// <summary>Registers the sources that settings name, before anything is received.</summary>
public sealed class SourceSettings(SourceRegistry registry, IOptions<IntakeOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        options.Value.Sources.Count == 0 ? Task.CompletedTask : registry.ApplyAsync(options.Value.Sources);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
