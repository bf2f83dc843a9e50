using Canonbury.Database;
using Canonbury.Fhir.Ids;

namespace Canonbury.Identify.Find;

/// <summary>Keeps the rows that <see cref="PersonFinder"/> reads; called in the transaction that writes the patient.</summary>
public static class FindIndex
{
    /// <summary>Writes what changed between two states of a patient's names and birth date; nothing where neither did.</summary>
    public static void Write(Session session, PatientId patient, FindFacts? before, FindFacts? after)
    {
        IReadOnlySet<FindRow> old = before is null ? new HashSet<FindRow>() : FindRow.Of(before);
        IReadOnlySet<FindRow> now = after is null ? new HashSet<FindRow>() : FindRow.Of(after);
        foreach (FindRow row in old.Except(now))
        {
            session.Write("DELETE FROM find_name WHERE word = $1 AND rest = $2 AND bucket = $3 AND patient = $4", row.Word, row.Rest, patient.Bucket, patient.Value);
        }

        FindRow[] added = [.. now.Except(old)];
        foreach (FindRow row in added)
        {
            session.Write(
                "INSERT INTO find_name (word, rest, bucket, patient) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                row.Word, row.Rest, patient.Bucket, patient.Value);
        }

        Learn(session, patient.Bucket, [.. added.Select(row => row.Word).Where(IsName).Distinct()]);
    }

    /// <summary>
    /// Words of names that nobody had before become known with their variants. The bucket stands in the key so that two transactions that learn the
    /// same word never wait for each other; the word is then there twice, which costs little.
    /// </summary>
    private static void Learn(Session session, int bucket, string[] words)
    {
        Answer<int>[] known = [.. words.Select(word => session.Ask(
            "SELECT 1 FROM find_word WHERE variant = $1 LIMIT 1", row => row.Int(0), "=" + word))];
        for (int i = 0; i < words.Length; i++)
        {
            if (known[i].Rows.Count == 0)
            {
                foreach (string variant in NameVariants.Of(words[i]).Append("=" + words[i]))
                {
                    session.Write("INSERT INTO find_word (variant, word, bucket) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", variant, words[i], bucket);
                }
            }
        }
    }

    private static bool IsName(string word) => word.Length > 1 && !char.IsAsciiDigit(word[0]);
}
