using Canonbury.Database;

namespace Canonbury.Identify.Find;

/// <summary>A patient that may be meant, and how well it fits what was typed, from 0 to 1.</summary>
internal readonly record struct FindCandidate(int Bucket, Guid Patient, string Name, double Score);

/// <summary>Reads the patients that may be meant; how well they fit is decided by <see cref="NameSimilarity"/> (design, rule 6).</summary>
internal sealed class FindCandidates(Session session, FindText typed)
{
    private const int MaxRows = 200;
    private const int MaxSpellings = 8;
    private const int MaxPairs = 80;

    /// <summary>Sorts after every other character in UTF-8.</summary>
    private const string Highest = "\U0010FFFF";

    private readonly Dictionary<Guid, FindCandidate> found = [];
    private readonly HashSet<FindRow> asked = [];

    /// <summary>By number: exact or not at all.</summary>
    public IReadOnlyCollection<FindCandidate> ByNumber()
    {
        IEnumerable<string> values = typed.NhsNumber is { } number ? typed.Numbers.Prepend(number) : typed.Numbers;
        foreach (Answer<FindCandidate> answer in values.Distinct().Select(value => session.Ask(
            "SELECT bucket, patient FROM identifier WHERE value = $1 LIMIT 200", row => new FindCandidate(row.Int(0), row.Id(1), "", 1), value)).ToList())
        {
            Keep(answer.Rows);
        }

        return found.Values;
    }

    /// <summary>By birth date, its day and month also swapped, and the words of the name among those who were born then.</summary>
    public IReadOnlyCollection<FindCandidate> ByBirthDate(DateOnly born)
    {
        ReadBirthDate(born);
        if (born.Day <= 12 && born.Day != born.Month)
        {
            ReadBirthDate(new DateOnly(born.Year, born.Day, born.Month));
        }

        return found.Values;
    }

    /// <summary>By the words of the name in any order: as typed, then as they may have been meant.</summary>
    /// <param name="enough">How many good ones make it needless to look further.</param>
    public IReadOnlyCollection<FindCandidate> ByName(int enough)
    {
        if (typed.Words.Count == 0)
        {
            return found.Values;
        }

        IReadOnlyList<string>[] spellings = [.. typed.Words.Select(word => (IReadOnlyList<string>)[word])];
        Read(Pairs(spellings));
        if (found.Values.Count(candidate => candidate.Score > 0.95) >= enough)
        {
            return found.Values;
        }

        spellings = Spellings();
        Read(Pairs(spellings));
        if (typed.Words.Count > 1 && !found.Values.Any(candidate => candidate.Score > 0.8))
        {
            // One of the words may be wrong altogether, or two of the given names were typed without the family name.
            Read(spellings.SelectMany(words => words.Take(3)).Select(word => new FindRow(word, "")));
        }

        return found.Values;
    }

    private void ReadBirthDate(DateOnly born)
    {
        string date = born.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Keep(session.Query(
            "SELECT bucket, patient, rest FROM find_name WHERE word = $1",
            row => new FindCandidate(row.Int(0), row.Id(1), row.Text(2), typed.Words.Count == 0 ? 1 : Likeness(row.Text(2))), date));
    }

    /// <summary>Each word with each other as the beginning of the rest; a single word alone.</summary>
    private static IEnumerable<FindRow> Pairs(IReadOnlyList<string>[] spellings)
    {
        if (spellings.Length == 1)
        {
            return spellings[0].Select(word => new FindRow(word, ""));
        }

        return
            (from i in Enumerable.Range(0, spellings.Length)
             from j in Enumerable.Range(0, spellings.Length)
             where i != j
             from first in spellings[i].Select((word, rank) => (word, rank))
             from second in spellings[j].Select((word, rank) => (word, rank))
             where first.word.Length > 1
             orderby first.rank + second.rank
             select new FindRow(first.word, second.word)).Take(MaxPairs * spellings.Length);
    }

    private void Read(IEnumerable<FindRow> ways)
    {
        List<Answer<FindCandidate>> answers = [];
        foreach ((string word, string rest) in ways.Where(asked.Add))
        {
            answers.Add(session.Ask(
                "SELECT bucket, patient, rest FROM find_name WHERE word = $1 AND rest >= $2 AND rest < $3 LIMIT $4",
                row => new FindCandidate(row.Int(0), row.Id(1), $"{word} {row.Text(2)}", Likeness($"{word} {row.Text(2)}")),
                word, rest, rest + Highest, MaxRows));
        }

        foreach (Answer<FindCandidate> answer in answers)
        {
            Keep(answer.Rows);
        }
    }

    /// <summary>For each typed word the known words most like it, itself first; for a single word also those that begin with it.</summary>
    private IReadOnlyList<string>[] Spellings()
    {
        List<Answer<string>>[] answers = [.. typed.Words.Select(word => NameVariants.Of(word).Where(_ => word.Length > 1).Select(variant =>
            session.Ask("SELECT word FROM find_word WHERE variant = $1 LIMIT 400", row => row.Text(0), variant)).ToList())];
        Answer<string> longer = session.Ask(
            "SELECT DISTINCT word FROM find_name WHERE word >= $1 AND word < $2 ORDER BY word LIMIT $3", row => row.Text(0),
            typed.Words[^1], typed.Words[^1] + Highest, typed.Words.Count == 1 && typed.Words[0].Length > 1 ? MaxSpellings : 0);
        IReadOnlyList<string>[] spellings = new IReadOnlyList<string>[typed.Words.Count];
        for (int i = 0; i < spellings.Length; i++)
        {
            string word = typed.Words[i];
            spellings[i] = [.. answers[i].SelectMany(answer => answer.Rows).Concat(longer.Rows).Distinct()
                .Select(other => (Word: other, Likeness: NameSimilarity.OfWord(word, other)))
                .Where(other => other.Likeness > 0)
                .OrderByDescending(other => other.Likeness).ThenBy(other => other.Word, StringComparer.Ordinal)
                .Select(other => other.Word).Take(MaxSpellings).Prepend(word).Distinct()];
        }

        return spellings;
    }

    private double Likeness(string name) => NameSimilarity.OfName(typed.Words, name.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private void Keep(IEnumerable<FindCandidate> candidates)
    {
        foreach (FindCandidate candidate in candidates)
        {
            if (!found.TryGetValue(candidate.Patient, out FindCandidate known) || known.Score < candidate.Score)
            {
                found[candidate.Patient] = candidate;
            }
        }
    }
}
