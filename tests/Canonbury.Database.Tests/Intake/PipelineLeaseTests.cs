using Canonbury.Database.Leases;
using Canonbury.Intake.Inbox;
using Xunit;

namespace Canonbury.Database.Tests.Intake;

/// <summary>Design, rule 7: a process that no longer has the lease cannot write, and what another has done has no second effect.</summary>
public sealed class PipelineLeaseTests
{
    [Theory, OnBothDatabases]
    public async Task UnderAnEpochThatIsOver_NothingIsWritten_AndTheNewHolderDoesTheWork(Engine engine)
    {
        await using Road road = Road.Open(engine);
        (long epoch, IReadOnlyList<InboxMessage> messages) = await TakeAsync(road);
        road.Query("UPDATE bucket SET epoch = epoch + 1, owner = $1 WHERE bucket = $2 RETURNING 1", row => row.Int(0), Guid.CreateVersion7(), Letters.Ann.Bucket);
        long before = PositionOf(road);

        LeaseLostException lost = await Assert.ThrowsAsync<LeaseLostException>(() => road.Pipeline.RunAsync(Letters.Ann.Bucket, epoch, messages));

        Assert.Equal(Letters.Ann.Bucket, lost.Bucket);
        Assert.Equal((3, 0, 0), Letters.StatesOf(road));
        Assert.Empty(Letters.HomeOf(road).Messages);
        Assert.Equal(before, PositionOf(road));

        await road.Pipeline.RunAsync(Letters.Ann.Bucket, epoch + 1, messages);
        Assert.Equal((0, 3, 0), Letters.StatesOf(road));
        Assert.Equal("3 HIGH STREET", Letters.HomeOf(road).Street);
    }

    [Theory, OnBothDatabases]
    public async Task WhatWasDoneMeanwhile_IsNotDoneAgain(Engine engine)
    {
        await using Road road = Road.Open(engine);
        (long epoch, IReadOnlyList<InboxMessage> messages) = await TakeAsync(road);

        // One message was done by someone else; then all are, by both at the same time; then again.
        await road.Pipeline.RunAsync(Letters.Ann.Bucket, epoch, [messages[0]]);
        await Task.WhenAll(road.Pipeline.RunAsync(Letters.Ann.Bucket, epoch, messages), road.Pipeline.RunAsync(Letters.Ann.Bucket, epoch, messages));
        long after = PositionOf(road);
        await road.Pipeline.RunAsync(Letters.Ann.Bucket, epoch, messages);

        Assert.Equal((0, 3, 0), Letters.StatesOf(road));
        Assert.Equal(messages.Select(message => message.Id), Letters.HomeOf(road).Messages);
        Assert.Equal([1, 1, 1], road.Query("SELECT attempts FROM message", row => row.Int(0)));
        Assert.Equal(3, after);
        Assert.Equal(after, PositionOf(road));
    }

    private static async Task<(long Epoch, IReadOnlyList<InboxMessage> Messages)> TakeAsync(Road road)
    {
        for (int i = 1; i <= 3; i++)
        {
            await road.ReceiveAsync("pas", Letters.Update(i, $"C{i}", $"{i} HIGH STREET"));
        }

        road.Leases.Renew();
        using Session session = road.Test.Database.Open();
        return (road.Leases.EpochOf(Letters.Ann.Bucket)!.Value, MessageTable.Waiting(session, Letters.Ann.Bucket, 32).Messages);
    }

    private static long PositionOf(Road road) => road.Query("SELECT position FROM bucket WHERE bucket = $1", row => row.Long(0), Letters.Ann.Bucket)[0];
}
