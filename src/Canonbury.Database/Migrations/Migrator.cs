using System.Reflection;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;

namespace Canonbury.Database.Migrations;

/// <summary>
/// Brings the schema up to date from the ordered list <c>Migrations/NNNN_name.sql</c>. A file is never changed after a release.
/// </summary>
public sealed class Migrator(RecordDatabase database, ILogger<Migrator> log)
{
    /// <summary>The scripts that have not run yet, by name.</summary>
    public IReadOnlyList<string> Pending() => [.. Build().GetScriptsToExecute().Select(script => script.Name)];

    /// <summary>Runs what has not run, each script in a transaction of its own. Throws with the name of the script that failed.</summary>
    public void Migrate()
    {
        DatabaseUpgradeResult result = Build().PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
        }
    }

    private UpgradeEngine Build()
    {
        UpgradeEngineBuilder builder = database.Engine == Engine.PostgreSql
            ? DeployChanges.To.PostgresqlDatabase(database.ConnectionString)
            : DeployChanges.To.SqliteDatabase(database.ConnectionString);
        if (database.Engine == Engine.Sqlite)
        {
            // The page size must be set by the first connection that writes, which must be ours.
            database.Open().Dispose();
        }

        return builder
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.Contains(".Migrations.", StringComparison.Ordinal))
            .WithVariables(database.Dialect.MigrationWords.ToDictionary())
            .WithTransactionPerScript()
            // A script on large tables takes the time that it takes.
            .WithExecutionTimeout(TimeSpan.Zero)
            .LogTo(new UpgradeLog(log))
            .Build();
    }

    private sealed class UpgradeLog(ILogger log) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args)
        {
        }

        public void LogDebug(string format, params object[] args)
        {
        }

        public void LogInformation(string format, params object[] args) => log.LogDebug("{Step}", string.Format(null, format, args));

        public void LogWarning(string format, params object[] args) => log.LogWarning("{Step}", string.Format(null, format, args));

        public void LogError(string format, params object[] args) => log.LogError("{Step}", string.Format(null, format, args));

        public void LogError(Exception ex, string format, params object[] args) => log.LogError(ex, "{Step}", string.Format(null, format, args));
    }
}
