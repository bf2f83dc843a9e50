using System.CommandLine;
using Canonbury.Access.Audit;
using Canonbury.Database.Migrations;

namespace Canonbury.Server.Commands;

/// <summary><c>canonbury audit</c>: checks every hash chain of the audit trail and names the first wrong row of each.</summary>
internal static class AuditCommand
{
    public static Command Make()
    {
        Command command = new("audit", "Check that nobody has changed or removed entries of the audit trail.");
        command.SetAction(async (parsed, _) =>
        {
            await using ServiceProvider rooms = Rooms.Open(SharedFlags.Settings(parsed));
            rooms.GetRequiredService<Migrator>().Migrate();
            AuditTable audit = ActivatorUtilities.CreateInstance<AuditTable>(rooms);
            IReadOnlyList<Guid> chains = audit.Chains();
            bool whole = true;
            foreach (Guid chain in chains)
            {
                ChainVerdict verdict = audit.Verify(chain);
                whole &= verdict is ChainVerdict.Whole;
                Console.WriteLine(Words(verdict));
            }

            Console.WriteLine(whole
                ? $"{chains.Count} chains, each whole from its first entry to its last in the database. This cannot tell whether a chain was removed, or cut at its end: compare the hashes with ones kept elsewhere."
                : "The audit trail has been changed. Compare with a backup.");
            return whole ? ExitCode.Done : ExitCode.Incomplete;
        });
        return command;
    }

    private static string Words(ChainVerdict verdict) => verdict switch
    {
        ChainVerdict.Whole whole =>
            $"ok   {whole.Chain}: {whole.Sequence} entries, {whole.Erased} with the payload erased, last hash {Convert.ToHexStringLower(whole.Head)}",
        ChainVerdict.Broken broken => $"BAD  {broken.Chain}: entry {broken.Sequence}: {broken.Why}",
        _ => throw new InvalidOperationException("A chain is whole or broken."),
    };
}
