namespace Canonbury.Intake.Sources.Mllp;

/// <summary>
/// The bytes that all MLLP connections together may hold. Half is for messages on their way to the inbox, which always drains; half is for
/// frames that have not ended, so that unfinished large frames cannot stop the small whole ones.
/// </summary>
public sealed class MllpMemory(long maxBytes)
{
    /// <summary>The beginning of a frame that each connection may hold without asking.</summary>
    public const int FreeBytes = 64 << 10;

    public ByteBudget InFlight { get; } = new(maxBytes / 2);

    public ByteBudget Unfinished { get; } = new(maxBytes / 2);
}
