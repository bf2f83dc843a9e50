using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// One order of a message with all that belongs to it, in the order of the segments (chapter 7, ORU_R01 ORDER_OBSERVATION and its kin).
/// </summary>
internal sealed class ResultGroup(Segment orc, Segment obr)
{
    /// <summary>The common order segment; without fields where the sender leaves it out.</summary>
    public Segment Orc { get; } = orc;

    /// <summary>The observation request; without fields in a group that has only OBX.</summary>
    public Segment Obr { get; } = obr;

    /// <summary>NTE after OBR: about the whole report.</summary>
    public List<Segment> Notes { get; } = [];

    public List<ResultLine> Lines { get; } = [];

    public List<Segment> Specimens { get; } = [];

    public List<Segment> Timings { get; } = [];

    /// <summary>
    /// Finds the groups. A new one begins at ORC, or at OBR where no ORC has just opened one. OBX before any order (about the patient), and
    /// those of
    /// messages without OBR, form a group of their own.
    /// </summary>
    public static List<ResultGroup> Find(Hl7Message message)
    {
        List<ResultGroup> groups = [];
        Segment none = message.First("~~~");
        Segment orc = none;
        ResultGroup? current = null;
        List<Segment>? notes = null;
        List<Segment> earlySpecimens = [];
        for (int i = 0; i < message.SegmentCount; i++)
        {
            Segment segment = message[i];
            switch (segment.Name)
            {
                case "ORC":
                    orc = segment;
                    current = null;
                    notes = null;
                    break;
                case "OBR":
                    current = new ResultGroup(orc, segment);
                    current.Specimens.AddRange(earlySpecimens);
                    groups.Add(current);
                    notes = current.Notes;
                    orc = none;
                    break;
                case "OBX":
                    if (current is null)
                    {
                        groups.Add(current = new ResultGroup(orc, none));
                    }

                    ResultLine line = new(segment);
                    current.Lines.Add(line);
                    notes = line.Notes;
                    break;
                case "NTE":
                    notes?.Add(segment);
                    break;
                case "SPM" when current is null:
                    // OUL_R22 and OUL_R24 put the specimen before its orders (chapter 7).
                    earlySpecimens.Add(segment);
                    notes = null;
                    break;
                case "SPM":
                    current.Specimens.Add(segment);
                    notes = null;
                    break;
                case "TQ1":
                    current?.Timings.Add(segment);
                    notes = null;
                    break;
                case "PID" or "PV1" or "PD1" or "NK1" or "AL1" or "DG1" or "PV2":
                    notes = null;
                    break;
            }
        }

        return groups;
    }
}

/// <summary>One OBX and the notes under it.</summary>
internal sealed record ResultLine(Segment Obx)
{
    public List<Segment> Notes { get; } = [];
}
