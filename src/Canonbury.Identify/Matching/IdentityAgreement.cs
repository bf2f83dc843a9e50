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
        (bool family, bool given) = Names(left.Names, right.Names);
        if (!verified)
        {
            // An unverified number weighs less, unless everything else that both know agrees.
            bool allElse = dates == BirthDates.Same && family && given && left.Postcode is not null && left.Postcode == right.Postcode;
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
            (true, true) => (1, 0, null),
            (false, true) when dates == BirthDates.Same => (1, 0.02, "the family names differ"),
            (false, true) => (1, 0.1, "the family names differ"),
            (true, false) => (1, 0.12, "the given names differ"),
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

    /// <summary>Whether any of the family names and any of the given names agree; a name that is not known does not disagree.</summary>
    private static (bool Family, bool Given) Names(ImmutableArray<FindName> left, ImmutableArray<FindName> right)
    {
        (bool Family, bool Given) best = (left.Length == 0 || right.Length == 0, left.Length == 0 || right.Length == 0);
        foreach (FindName one in left)
        {
            foreach (FindName other in right)
            {
                bool isSwapped = Alike(one.Family, other.Given, missing: false) && Alike(one.Given, other.Family, missing: false);
                (bool Family, bool Given) pair = (isSwapped || Alike(one.Family, other.Family, missing: true), isSwapped || Alike(one.Given, other.Given, missing: true));
                best = Weight(pair) > Weight(best) ? pair : best;
            }
        }

        return best;
    }

    private static int Weight((bool Family, bool Given) pair) => (pair.Family ? 1 : 0) + (pair.Given ? 2 : 0);

    // The shorter against the longer, so that a middle name that one does not know does not count.
    private static bool Alike(string? left, string? right, bool missing)
    {
        string[] one = NameFolding.Words(left);
        string[] other = NameFolding.Words(right);
        if (one.Length == 0 || other.Length == 0)
        {
            return missing;
        }

        (string[] fewer, string[] more) = one.Length <= other.Length ? (one, other) : (other, one);
        return NameSimilarity.OfName(fewer, more) >= NameAlike;
    }
}
