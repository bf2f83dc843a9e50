using Canonbury.Database;
using Canonbury.Database.Migrations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Canonbury.Server.Operations;

/// <summary>
/// Brings the schema up to date before any room starts and warms up what the first request needs. Ready means: warm, the database
/// answers, and no migration is pending.
/// </summary>
public sealed class Readiness(Migrator migrator, RecordDatabase database, StartPhase phase, ILogger<Readiness> log) : IHostedLifecycleService, IHealthCheck
{
    private volatile bool warm;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (string script in migrator.Pending())
        {
            log.LogInformation("The schema gets {Script}.", script);
        }

        await Task.Run(migrator.Migrate, cancellationToken);
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await Task.Run(WarmUp.Run, cancellationToken);
        warm = true;
        phase.End();
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!warm)
        {
            return HealthCheckResult.Unhealthy("starting");
        }

        try
        {
            // The driver waits for a lost server on the calling thread; a probe must not.
            int one = await Task.Run(AskDatabase, cancellationToken).WaitAsync(TimeSpan.FromSeconds(5), cancellationToken);
            return one == 1 ? HealthCheckResult.Healthy("ready") : HealthCheckResult.Unhealthy("the database gives wrong answers");
        }
        catch (Exception problem) when (problem is System.Data.Common.DbException or TimeoutException or IOException or InvalidOperationException)
        {
            return HealthCheckResult.Unhealthy("the database does not answer");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A balancer that asks while we stop sends no new requests.
        warm = false;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private int AskDatabase()
    {
        using Session session = database.Open();
        return session.Query("SELECT 1", row => row.Int(0))[0];
    }
}
