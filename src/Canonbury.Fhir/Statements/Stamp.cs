namespace Canonbury.Fhir.Statements;

/// <summary>
/// When the source said it: the order in which statements about one resource are folded. It never depends on the order of arrival.
/// </summary>
/// <param name="At">The source's time of the event (HL7 v2: EVN-2, else the result's own time, else MSH-7), to the microsecond at most.</param>
/// <param name="Tie">Decides between equal times: the message time, the control id and a digest of the bytes, in that order; compared ordinally.</param>
public sealed record Stamp(DateTimeOffset At, string Tie) : IComparable<Stamp>
{
    public int CompareTo(Stamp? other)
    {
        if (other is null)
        {
            return 1;
        }

        int byTime = At.UtcTicks.CompareTo(other.At.UtcTicks);
        return byTime != 0 ? byTime : string.CompareOrdinal(Tie, other.Tie);
    }

    public static bool operator <(Stamp left, Stamp right) => left.CompareTo(right) < 0;

    public static bool operator >(Stamp left, Stamp right) => left.CompareTo(right) > 0;

    public static bool operator <=(Stamp left, Stamp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Stamp left, Stamp right) => left.CompareTo(right) >= 0;
}
