using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>One pharmacy order: from its ORC to the next.</summary>
internal sealed class PharmacyGroup(Segment orc, Segment none)
{
    public Segment Orc { get; } = orc;

    /// <summary>What was asked for.</summary>
    public Segment Rxo { get; private set; } = none;

    /// <summary>What the pharmacy made of it.</summary>
    public Segment Rxe { get; private set; } = none;

    /// <summary>The last route: the one that belongs to the encoded order where there are two.</summary>
    public Segment Rxr { get; private set; } = none;

    /// <summary>The last timing, for the same reason.</summary>
    public Segment Tq1 { get; private set; } = none;

    public List<Segment> Dispensed { get; } = [];

    public List<Segment> Given { get; } = [];

    public List<Segment> Notes { get; } = [];

    public static List<PharmacyGroup> Find(Hl7Message message)
    {
        List<PharmacyGroup> groups = [];
        Segment none = message.First("~~~");
        PharmacyGroup? current = null;
        foreach (Segment segment in message.Segments)
        {
            if (segment.Is("ORC") || (current is null && segment.Name is "RXE" or "RXO" or "RXD" or "RXA"))
            {
                groups.Add(current = new PharmacyGroup(segment.Is("ORC") ? segment : none, none));
            }

            current?.Take(segment);
        }

        return groups;
    }

    private void Take(Segment segment)
    {
        switch (segment.Name)
        {
            case "RXO": Rxo = segment; break;
            case "RXE": Rxe = segment; break;
            case "RXR": Rxr = segment; break;
            case "TQ1": Tq1 = segment; break;
            case "RXD": Dispensed.Add(segment); break;
            case "RXA": Given.Add(segment); break;
            case "NTE": Notes.Add(segment); break;
        }
    }
}
