using System.Threading.Channels;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Inbox;

namespace Canonbury.Intake.Pipeline;

/// <summary>
/// What waits in memory, bucket by bucket in order. It is a shortcut past reading the inbox again, no more: what does not fit, or was stored by
/// another process, is read from the inbox, and a message is never taken before an older one of its bucket that this process stored.
/// </summary>
/// <param name="maxBytes">Beyond so many bytes, messages wait in the database only.</param>
public sealed class BucketQueues(long maxBytes = BucketQueues.MaxBytes)
{
    private const long MaxBytes = 64L << 20;

    private readonly BucketQueue[] buckets = [.. Enumerable.Range(0, PatientId.BucketCount).Select(_ => new BucketQueue())];
    private readonly Channel<int> ready = Channel.CreateUnbounded<int>();
    private long bytes;

    /// <summary>Buckets that have something to do, each once until <see cref="Rest"/>.</summary>
    public IAsyncEnumerable<int> ReadyAsync(CancellationToken cancellation) => ready.Reader.ReadAllAsync(cancellation);

    /// <summary>How many messages wait in memory.</summary>
    public int Waiting => buckets.Sum(bucket => bucket.Waiting.Count);

    /// <summary>A message became durable; told in the order of commits within a bucket.</summary>
    public void Offer(InboxMessage message)
    {
        BucketQueue bucket = buckets[message.Bucket];
        lock (bucket)
        {
            if (message.Id.CompareTo(bucket.ReadThrough) <= 0)
            {
                // It was read from the inbox in the meantime; if it was not, the next count finds it.
                return;
            }

            if (bucket.IsBehind || !bucket.IsHeld || Interlocked.Read(ref bytes) + message.Raw.Length > maxBytes)
            {
                bucket.IsBehind = true;
                bucket.Missed++;
            }
            else
            {
                bucket.Waiting.Enqueue(message);
                Interlocked.Add(ref bytes, message.Raw.Length);
            }

            Wake(message.Bucket, bucket);
        }
    }

    /// <summary>This process holds the bucket under that epoch from now on, or no longer does (null).</summary>
    public void Hold(int number, long? epoch)
    {
        BucketQueue bucket = buckets[number];
        lock (bucket)
        {
            if (bucket.Epoch != epoch)
            {
                // Under another epoch somebody else may have worked on what waits here.
                bucket.Epoch = epoch;
                Forget(number, bucket);
            }
        }
    }

    /// <summary>What waits in memory is read from the inbox again: after an outage nobody knows what was done.</summary>
    public void Forget(int number)
    {
        BucketQueue bucket = buckets[number];
        lock (bucket)
        {
            Forget(number, bucket);
        }
    }

    /// <summary>So many messages wait in the inbox: where memory knows of fewer, the rest must be read.</summary>
    public void Compare(int number, int inInbox)
    {
        BucketQueue bucket = buckets[number];
        lock (bucket)
        {
            if (bucket.IsHeld && inInbox > bucket.Waiting.Count + bucket.Taken)
            {
                bucket.IsBehind = true;
                bucket.ReadThrough = Guid.Empty;
                Wake(number, bucket);
            }
        }
    }

    /// <summary>Takes the oldest messages of a ready bucket.</summary>
    /// <param name="read">Reads the oldest that wait in the inbox; asked where memory has none and more are there.</param>
    public IReadOnlyList<InboxMessage> Take(int number, int most, Func<WaitingMessages> read)
    {
        BucketQueue bucket = buckets[number];
        int missed;
        lock (bucket)
        {
            if (!bucket.IsHeld)
            {
                return [];
            }

            if (bucket.Waiting.Count > 0)
            {
                List<InboxMessage> taken = [];
                while (taken.Count < most && bucket.Waiting.TryDequeue(out InboxMessage? message))
                {
                    taken.Add(message);
                    Interlocked.Add(ref bytes, -message.Raw.Length);
                }

                bucket.Taken = taken.Count;
                return taken;
            }

            if (!bucket.IsBehind)
            {
                return [];
            }

            missed = bucket.Missed;
        }

        WaitingMessages found = read();
        lock (bucket)
        {
            bucket.Taken = found.Messages.Count;
            if (found.Messages.Count > 0)
            {
                bucket.ReadThrough = found.Messages[^1].Id;
            }

            // Whoever offered a message meanwhile was told that it would be read.
            bucket.IsBehind = found.More || bucket.Missed != missed;
        }

        return found.Messages;
    }

    /// <summary>The work on what was taken is over; the bucket becomes ready again where there is more.</summary>
    public void Rest(int number)
    {
        BucketQueue bucket = buckets[number];
        lock (bucket)
        {
            bucket.IsRunning = false;
            bucket.Taken = 0;
            if (bucket.IsHeld && (bucket.Waiting.Count > 0 || bucket.IsBehind))
            {
                Wake(number, bucket);
            }
        }
    }

    private void Forget(int number, BucketQueue bucket)
    {
        Interlocked.Add(ref bytes, -bucket.Waiting.Sum(message => message.Raw.Length));
        bucket.Waiting.Clear();
        bucket.ReadThrough = Guid.Empty;
        bucket.IsBehind = true;
        bucket.Missed++;
        Wake(number, bucket);
    }

    private void Wake(int number, BucketQueue bucket)
    {
        if (!bucket.IsRunning && bucket.IsHeld)
        {
            bucket.IsRunning = true;
            ready.Writer.TryWrite(number);
        }
    }

    private sealed class BucketQueue
    {
        public Queue<InboxMessage> Waiting { get; } = new();

        /// <summary>Under which this process has the lease; null where it has not.</summary>
        public long? Epoch { get; set; }

        public bool IsHeld => Epoch is not null;

        /// <summary>True from when the bucket is ready until its work rests.</summary>
        public bool IsRunning { get; set; }

        /// <summary>True where the inbox has messages that memory has not.</summary>
        public bool IsBehind { get; set; }

        /// <summary>How often something was left to the inbox while behind.</summary>
        public int Missed { get; set; }

        /// <summary>How many are being worked on.</summary>
        public int Taken { get; set; }

        /// <summary>The newest message that was read from the inbox.</summary>
        public Guid ReadThrough { get; set; }
    }
}
