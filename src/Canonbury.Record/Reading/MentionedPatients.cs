using System.Text;
using Canonbury.Fhir.Ids;

namespace Canonbury.Record.Reading;

/// <summary>The patients that a stored resource refers to, wherever it does: found in its bytes, so that nothing is parsed.</summary>
internal static class MentionedPatients
{
    private static ReadOnlySpan<byte> Reference => "\"Patient/"u8;

    /// <param name="source">Whose resource it is: it refers to patients of its own.</param>
    public static IEnumerable<PatientId> In(ReadOnlyMemory<byte> json, SourceId source)
    {
        for (int at = json.Span.IndexOf(Reference); at >= 0;)
        {
            json = json[(at + Reference.Length)..];
            int end = json.Span.IndexOfAny("\"/|"u8);
            string id = Encoding.UTF8.GetString(json.Span[..Math.Max(0, end)]);
            if (Guid.TryParseExact(id, "D", out Guid key))
            {
                yield return new PatientId(key);
            }

            // Where ids are kept, a UUID is an id like any other.
            yield return PatientId.Of(source, id);
            at = json.Span.IndexOf(Reference);
        }
    }
}
