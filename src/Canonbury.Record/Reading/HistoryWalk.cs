using System.Buffers.Binary;

namespace Canonbury.Record.Reading;

/// <summary>Which versions of a history are wanted. https://hl7.org/fhir/R4/http.html#history</summary>
/// <param name="Since">Made at this time or later; null for all.</param>
/// <param name="At">Current at some time of this period, the end not included; null for all.</param>
public sealed record HistoryTimes(DateTimeOffset? Since, (DateTimeOffset From, DateTimeOffset To)? At)
{
    /// <param name="replaced">When the next version was made; null where there is none.</param>
    internal bool Contain(OwnResource version, DateTimeOffset? replaced) =>
        (Since is not { } since || version.LastModified >= since)
        && (At is not var (from, to) || (!version.Deleted && version.LastModified < to && (replaced is not { } until || until > from)));
}

/// <summary>Where a page of the history of many resources ends: the newest changes come first.</summary>
public readonly record struct HistoryPlace(long CommittedAt, int Bucket, long Position)
{
    public static readonly HistoryPlace Newest = new(long.MaxValue, int.MaxValue, long.MaxValue);

    private const int Length = 20;

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, CommittedAt);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), Bucket);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(12), Position);
        return bytes;
    }

    /// <summary>Null where these are not the bytes of a place.</summary>
    public static HistoryPlace? Of(byte[]? bytes) => bytes?.Length != Length ? null : new HistoryPlace(
        BinaryPrimitives.ReadInt64BigEndian(bytes),
        BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(8)),
        BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(12)));
}

/// <summary>A stretch of the history of many resources.</summary>
/// <param name="Type">The type of which all are wanted; null for every type.</param>
/// <param name="Before">Only what comes after this place, which is older.</param>
/// <param name="Limit">At most so many versions.</param>
public sealed record HistoryWalk(string? Type, HistoryTimes Times, HistoryPlace Before, int Limit);

/// <param name="Next">Where to go on; null at the end. A stretch may be short, or empty, and not the last.</param>
public sealed record HistoryStretch(IReadOnlyList<OwnResource> Versions, HistoryPlace? Next);
