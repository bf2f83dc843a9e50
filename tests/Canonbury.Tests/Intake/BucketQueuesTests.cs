using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Pipeline;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Intake;

public sealed class BucketQueuesTests
{
    private const int Bucket = 7;

    private enum Step
    {
        /// <summary>A message becomes durable here, and the queues are told.</summary>
        Receive,

        /// <summary>Another process stores one, and nobody tells.</summary>
        StoreElsewhere,
        Work,
        Count,
        LoseTheLease,
        RenewUnderAnotherEpoch,
        Forget,
    }

    /// <summary>
    /// Whatever happens in whatever order: nothing is lost, nothing is worked on twice, and nothing before an older one that came the same way.
    /// </summary>
    [Fact]
    public void EveryMessage_IsWorkedOnOnceAndInOrder() => Gen.Select(
        Gen.Frequency(
            (8, Gen.Const(Step.Receive)), (2, Gen.Const(Step.StoreElsewhere)), (5, Gen.Const(Step.Work)), (2, Gen.Const(Step.Count)),
            (1, Gen.Const(Step.LoseTheLease)), (1, Gen.Const(Step.RenewUnderAnotherEpoch)), (1, Gen.Const(Step.Forget))).Array[0, 60],
        Gen.Int[0, 400],
        Gen.Int[1, 5]).Sample(
        (steps, room, most) =>
        {
            Inbox inbox = new(room, most);
            foreach (Step step in steps)
            {
                inbox.Take(step);
            }

            inbox.Finish();
            Assert.Equal(inbox.Stored, inbox.Worked.Order());
            Assert.Equal(inbox.Received, inbox.Worked.Where(inbox.Received.Contains));
        },
        iter: 5_000);

    [Fact]
    public async Task ABucket_IsReadyOnceUntilItRests()
    {
        BucketQueues queues = new();
        queues.Hold(Bucket, 1);
        queues.Offer(Message(1));
        await using IAsyncEnumerator<int> ready = queues.ReadyAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await ready.MoveNextAsync());
        queues.Offer(Message(2));
        ValueTask<bool> next = ready.MoveNextAsync();
        Assert.False(next.IsCompleted, "The bucket is worked on by two at a time.");

        queues.Rest(Bucket);
        Assert.True(await next);
    }

    private static InboxMessage Message(int number) => new(
        Guid.Parse($"01900000-0000-7000-8000-{number:x12}"), Bucket, null, new SourceId("s"), "f", TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch, 0, new byte[10 * (number % 7)]);

    /// <summary>An inbox of one bucket beside the queues, worked on as the service does.</summary>
    private sealed class Inbox(int room, int most)
    {
        private readonly BucketQueues queues = new(room);
        private readonly List<InboxMessage> waiting = [];
        private long epoch;
        private bool held;

        public List<Guid> Stored { get; } = [];

        public List<Guid> Received { get; } = [];

        public List<Guid> Worked { get; } = [];

        public void Take(Step step)
        {
            switch (step)
            {
                case Step.Receive:
                    InboxMessage message = Store();
                    Received.Add(message.Id);
                    queues.Offer(message);
                    break;
                case Step.StoreElsewhere:
                    Store();
                    break;
                case Step.Work:
                    Work();
                    break;
                case Step.Count:
                    queues.Compare(Bucket, waiting.Count);
                    break;
                case Step.LoseTheLease:
                    held = false;
                    queues.Hold(Bucket, null);
                    break;
                case Step.RenewUnderAnotherEpoch:
                    held = true;
                    queues.Hold(Bucket, ++epoch);
                    break;
                case Step.Forget:
                    queues.Forget(Bucket);
                    break;
            }
        }

        public void Finish()
        {
            Take(Step.RenewUnderAnotherEpoch);
            for (int i = 0; i < 200 && waiting.Count > 0; i++)
            {
                Work();
                Take(Step.Count);
            }
        }

        private InboxMessage Store()
        {
            InboxMessage message = Message(Stored.Count + 1);
            Stored.Add(message.Id);
            waiting.Add(message);
            return message;
        }

        private void Work()
        {
            if (!held)
            {
                return;
            }

            foreach (InboxMessage message in queues.Take(Bucket, most, () => new WaitingMessages([.. waiting.Take(most)], waiting.Count > most)))
            {
                Worked.Add(message.Id);
                waiting.RemoveAll(other => other.Id == message.Id);
            }

            queues.Rest(Bucket);
        }
    }
}
