using Canonbury.Database;
using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;

namespace Canonbury.Identify.Find;

/// <summary>
/// Ways to patients for searches across people: at least those that are meant, sometimes more, since whoever asks compares the records. It gives ids
/// only, and so needs no grant.
/// </summary>
public sealed class PatientLookup(RecordDatabase database)
{
    /// <summary>Sorts after every other character in UTF-8.</summary>
    private const string Highest = "\U0010FFFF";

    /// <summary>By the value of an identifier, whatever its case.</summary>
    public IReadOnlyList<PatientId> ByIdentifier(string value, int most)
    {
        HashSet<string> spellings = [value, value.ToUpperInvariant(), value.ToLowerInvariant()];
        if (NhsNumber.TryParse(value, out NhsNumber number))
        {
            spellings.Add(number.Digits);
        }

        using Session session = database.Open();
        Answer<PatientId>[] answers = [.. spellings.Select(spelling => session.Ask(
            "SELECT patient FROM identifier WHERE value = $1 LIMIT $2", row => new PatientId(row.Id(0)), spelling, most))];
        return [.. answers.SelectMany(answer => answer.Rows).Distinct()];
    }

    /// <summary>By the beginning of a family or given name; null for one without letters, which narrows nothing.</summary>
    public IReadOnlyList<PatientId>? ByName(string beginning, int most)
    {
        if (NameFolding.Words(beginning) is not [var word, ..] || word.Length > 40)
        {
            return null;
        }

        using Session session = database.Open();
        return [.. session.Query(
            "SELECT patient FROM find_name WHERE word >= $1 AND word < $2 LIMIT $3", row => new PatientId(row.Id(0)), word, word + Highest, most).Distinct()];
    }
}
