using System.Collections.Immutable;
using System.Globalization;
using Canonbury.Identify.Find;
using Canonbury.Identify.Patients;

namespace Canonbury.Identify.Matching;

/// <summary>
/// How well two patients with one NHS number agree on being one person, from 0 to 1, and in words why. Pure. The weights are set by hand; the
/// thresholds are settings.
/// </summary>
/// <param name="Reason">Without identifiers.</param>
public sealed record IdentityAgreement(double Score, string Reason)
{
    private const double AllAgree = 0.99;
    private const double Unlike = 0.4;
    private const double NameAlike = 0.8;

    public static IdentityAgreement Of(PatientFacts left, PatientFacts right)
    {
        List<string> doubts = [];
        double score = AllAgree;
        bool verified = left.NhsVerified && right.NhsVerified;
        BirthDates dates = Compare(left.BirthDate, right.BirthDate);
        (bool family, GivenNames given) = Names(left.Names, right.Names);
        if (!verified)
        {
            // An unverified number weighs less, unless everything else that both know agrees.
            bool allElse = dates == BirthDates.Same && family && given == GivenNames.Same && left.Postcode is not null && left.Postcode == right.Postcode;
            score -= allElse ? 0.01 : 0.05;
            doubts.Add("the NHS number is not verified by both");
        }

        (double factor, double less, string? doubt) = dates switch
        {
            BirthDates.Same => (1, 0, null),
            BirthDates.Missing => (1, 0.06, "one has no birth date"),
            BirthDates.Near => (1, 0.06, "the birth dates differ by what a slip makes"),
            _ => (Unlike, 0.0, "the birth dates differ"),
        };
        score = (score * factor) - less;
        Doubt(doubts, doubt);

        (factor, less, doubt) = (family, given) switch
        {
            (true, GivenNames.Same) => (1, 0, null),

            // Twins have one birth date, one address, one family name, and often given names that look or sound alike.
            (true, GivenNames.Near) => (1, 0.05, "the given names are only alike"),
            (true, _) => (1, 0.12, "the given names differ"),
            (false, GivenNames.Same) when dates == BirthDates.Same => (1, 0.02, "the family names differ"),
            (false, GivenNames.Same) => (1, 0.1, "the family names differ"),
            (false, GivenNames.Near) => (1, 0.15, "the family names differ and the given names are only alike"),
            _ => (Unlike, 0.0, "the names differ"),
        };
        score = (score * factor) - less;
        Doubt(doubts, doubt);

        if (left.Gender is "male" or "female" && right.Gender is "male" or "female" && left.Gender != right.Gender)
        {
            score -= 0.08;
            doubts.Add("the genders differ");
        }

        string reason = doubts.Count == 0 ? "NHS number, birth date and name agree" : "Same NHS number, but " + string.Join(", ", doubts);
        return new IdentityAgreement(Math.Round(Math.Max(0, score), 4), reason);
    }

    private enum BirthDates
    {
        Same,
        Near,
        Missing,
        Different,
    }

    private enum GivenNames
    {
        Different,
        Near,
        Same,
    }

    private static void Doubt(List<string> doubts, string? doubt)
    {
        if (doubt is not null)
        {
            doubts.Add(doubt);
        }
    }

    // Near: day and month swapped, or one of the three parts differs.
    private static BirthDates Compare(string? left, string? right)
    {
        if (!TryDate(left, out DateOnly one) || !TryDate(right, out DateOnly other))
        {
            return BirthDates.Missing;
        }

        if (one == other)
        {
            return BirthDates.Same;
        }

        bool isSwapped = one.Year == other.Year && one.Month == other.Day && one.Day == other.Month;
        int same = (one.Year == other.Year ? 1 : 0) + (one.Month == other.Month ? 1 : 0) + (one.Day == other.Day ? 1 : 0);
        return isSwapped || same == 2 ? BirthDates.Near : BirthDates.Different;
    }

    private static bool TryDate(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>How well the best pair of names agrees; a name that is not known does not disagree.</summary>
    private static (bool Family, GivenNames Given) Names(ImmutableArray<FindName> left, ImmutableArray<FindName> right)
    {
        bool isUnknown = left.Length == 0 || right.Length == 0;
        (bool Family, GivenNames Given) best = (isUnknown, isUnknown ? GivenNames.Same : GivenNames.Different);
        foreach (FindName one in left)
        {
            foreach (FindName other in right)
            {
                bool isSwapped = AreSwapped(one, other);
                (bool Family, GivenNames Given) pair = (isSwapped || AreAlike(one.Family, other.Family), isSwapped ? GivenNames.Same : Compare(one.Given, other.Given, unknown: GivenNames.Same));
                best = Weight(pair) > Weight(best) ? pair : best;
            }
        }

        return best;
    }

    private static int Weight((bool Family, GivenNames Given) pair) => (pair.Family ? 1 : 0) + (2 * (int)pair.Given);

    /// <summary>Some systems have family and given name the wrong way round.</summary>
    private static bool AreSwapped(FindName one, FindName other) =>
        Compare(one.Family, other.Given, unknown: GivenNames.Different) == GivenNames.Same
        && Compare(one.Given, other.Family, unknown: GivenNames.Different) == GivenNames.Same;

    private static bool AreAlike(string? left, string? right)
    {
        (string[] fewer, string[] more) = Words(left, right);
        return fewer.Length == 0 || NameSimilarity.OfName(fewer, more) >= NameAlike;
    }

    private static GivenNames Compare(string? left, string? right, GivenNames unknown)
    {
        (string[] fewer, string[] more) = Words(left, right);
        if (fewer.Length == 0)
        {
            return unknown;
        }

        List<string> others = [.. more];
        bool isSame = fewer.All(word => others.FindIndex(other => AreOneName(word, other)) is >= 0 and var found && RemoveAt(others, found));
        return isSame ? GivenNames.Same
            : NameSimilarity.OfName(fewer, more) >= NameAlike ? GivenNames.Near
            : GivenNames.Different;
    }

    private static bool RemoveAt(List<string> words, int at)
    {
        words.RemoveAt(at);
        return true;
    }

    /// <summary>The same word, an initial or the beginning of it, or a slip in a long one. What only sounds alike may be a brother's name.</summary>
    private static bool AreOneName(string left, string right)
    {
        (string shorter, string longer) = left.Length <= right.Length ? (left, right) : (right, left);
        return (shorter.Length is 1 or >= 3 && longer.StartsWith(shorter, StringComparison.Ordinal))
            || shorter == longer
            || (shorter.Length >= 7 && NameSimilarity.JaroWinkler(shorter, longer) >= 0.94);
    }

    // The shorter against the longer, so that a middle name that one does not know does not count.
    private static (string[] Fewer, string[] More) Words(string? left, string? right)
    {
        string[] one = NameFolding.Words(left);
        string[] other = NameFolding.Words(right);
        return one.Length <= other.Length ? (one, other) : (other, one);
    }
}
