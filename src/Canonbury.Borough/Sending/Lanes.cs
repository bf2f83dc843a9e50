using System.Threading.Channels;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Sending;

/// <summary>Spreads events over lanes so that one patient of one system always takes the same lane, which keeps its order.</summary>
internal sealed class Lanes
{
    private readonly Channel<SourceEvent>[] channels;

    public Lanes(int count)
    {
        channels = new Channel<SourceEvent>[count];
        for (int lane = 0; lane < count; lane++)
        {
            channels[lane] = Channel.CreateBounded<SourceEvent>(new BoundedChannelOptions(512) { SingleReader = true });
        }
    }

    public int Count => channels.Length;

    public ChannelReader<SourceEvent> this[int lane] => channels[lane].Reader;

    public ValueTask WriteAsync(SourceEvent sent, CancellationToken cancellation) =>
        channels[LaneOf(sent)].Writer.WriteAsync(sent, cancellation);

    public void Complete()
    {
        foreach (Channel<SourceEvent> channel in channels)
        {
            channel.Writer.TryComplete();
        }
    }

    private int LaneOf(SourceEvent sent)
    {
        uint hash = 2166136261;
        foreach (char letter in sent.OrderKey)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return (int)(hash % (uint)channels.Length);
    }
}
