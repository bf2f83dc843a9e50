namespace Canonbury.Benchmarks.Api;

/// <summary>One kind of request.</summary>
/// <param name="Requests">As the bytes that are sent.</param>
/// <param name="Once">Each request may be sent once only.</param>
/// <param name="Proof">What each answer must contain to be right; null where its status is enough.</param>
internal sealed record Interaction(string Name, IReadOnlyList<byte[]> Requests, int Status, bool Once = false, string? Proof = null)
{
    /// <summary>How many resources one request writes or asks for.</summary>
    public int Resources { get; init; } = 1;
}
