using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2;

/// <summary>
/// Divides a message about several patients (a swap, a link, several merges, a batch of results) into one part for each PID, so that no
/// map can give one patient what belongs to another.
/// </summary>
internal static class PatientGroups
{
    /// <summary>The positions of each part: what stands before the first PID (MSH, EVN) and one PID with what follows it.</summary>
    /// <returns>Empty for a message with one patient, or none: nothing needs to be divided.</returns>
    /// <exception cref="UntranslatableException">An order repeats PID inside a prior result of another patient, which has no safe
    /// reading.</exception>
    public static IReadOnlyList<int[]> Of(Hl7Message message, MessageHeader header)
    {
        int[] starts = [.. message.All("PID").Select(pid => pid.Position)];
        if (starts.Length < 2)
        {
            return [];
        }

        bool isOnePatient = message.All("PID").Select(PatientKey.OfPid).Distinct().Count() == 1;
        if (isOnePatient && header.MessageCode is not "ADT")
        {
            return [];
        }

        if (header.MessageCode is "ORM" or "OML" or "OMG" or "OMI" or "OMD" or "OMS" or "OMN" or "OMP")
        {
            throw new UntranslatableException("PID", "several-patients",
                "An order names several patients; whose its parts are cannot be told safely.");
        }

        int[] preamble = [.. Enumerable.Range(0, starts[0])];
        return [.. starts.Select((start, i) =>
            (int[])[.. preamble, .. Enumerable.Range(start, (i + 1 < starts.Length ? starts[i + 1] : message.SegmentCount) - start)])];
    }
}
