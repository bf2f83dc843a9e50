using Canonbury.Database.Commit;
using Canonbury.Fhir.Statements;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Translate.FhirPush;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Canonbury.Database.Tests.Identify.Links;

/// <summary>Several processes' committers on one database, as far as writing goes.</summary>
internal sealed class Committers : IAsyncDisposable
{
    private readonly GroupCommitter[] committers;
    private readonly PushWriter[] writers;

    public Committers(Road road)
    {
        committers = [.. Enumerable.Range(0, 4).Select(_ => new GroupCommitter(
            road.Test.Database, Microsoft.Extensions.Options.Options.Create(road.Test.Options), TimeProvider.System, NullLogger<GroupCommitter>.Instance))];
        writers = [.. committers.Select(committer => new PushWriter(road.Test.Database, committer, road.Links, road.Ids, TimeProvider.System))];
    }

    public PushWriter Writer(int process) => writers[process % writers.Length];

    public async Task SayAsync(int process, SaidOf said)
    {
        ResourceStatement statement = new() { Content = said.Resource(), Mode = StatementMode.Snapshot, Owner = said.Patient };
        PushResult push = new([new PushEntry(null, PushMethod.Update, "Patient", said.Id, [statement], null)], null, []);
        FhirWrite write = new(new Canonbury.Fhir.Ids.SourceId(said.Source), push, [1], []);
        await Task.Yield();

        // A client whose write met another's tries again.
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                WriteOutcome outcome = await Writer(process).WriteAsync(write);
                Assert.Null(outcome.Problem);
                return;
            }
            catch (Canonbury.Intake.Inbox.InboxUnavailableException) when (attempt < 20)
            {
                await Task.Delay(10 * attempt);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (GroupCommitter committer in committers)
        {
            await committer.DisposeAsync();
        }
    }
}
