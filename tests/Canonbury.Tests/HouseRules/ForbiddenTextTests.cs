using System.Text.RegularExpressions;
using Xunit;

namespace Canonbury.Tests.HouseRules;

/// <summary>What never stands in the tree: promises, hidden code, other machines' paths, people's numbers.</summary>
public sealed partial class ForbiddenTextTests
{
    private static readonly string[] Binary = [".png", ".ico", ".zst", ".dict", ".gz", ".woff2", ".pdf"];

    // Written in two parts, so that this file does not find itself.
    [Theory]
    [InlineData("#" + "region")]
    [InlineData("TO" + "DO")]
    [InlineData("FIX" + "ME")]
    [InlineData("NotImplemented" + "Exception")]
    [InlineData("#nullable " + "disable")]
    public void Code_HasNo(string words) => Checkout.NothingFound(
        Checkout.Code.Where(path => Checkout.Read(path).Contains(words, StringComparison.Ordinal)),
        $"Files with '{words}':");

    [Fact]
    public void Tree_HasNoPathsOfAMachine() => Checkout.NothingFound(Lines(MachinePath(), _ => true), "Paths of a machine:");

    [Fact]
    public void Tree_HasNoNhsNumberOutsideTheTestRange() =>
        Checkout.NothingFound(Lines(TenDigits(), CouldBeAPersons), "NHS numbers that could be a real person's (the test range is 999):");

    private static IEnumerable<string> Lines(Regex pattern, Predicate<string> counts) =>
        from path in Checkout.Files
        where !path.EndsWith("lock.json", StringComparison.Ordinal) && path != "LICENSE" && !Binary.Contains(Path.GetExtension(path))
        let lines = Checkout.Read(path).Split('\n')
        from number in Enumerable.Range(0, lines.Length)
        where pattern.Matches(lines[number]).Any(found => counts(found.Value))
        select $"{path}:{number + 1}";

    // NHS Data Dictionary, NHS NUMBER: modulus 11; numbers are issued from 4, 6 and 7, and 9 is for tests, where we keep to 999.
    private static bool CouldBeAPersons(string found)
    {
        int[] digits = [.. found.Where(char.IsAsciiDigit).Select(digit => digit - '0')];
        int check = (11 - (digits.Take(9).Select((digit, at) => digit * (10 - at)).Sum() % 11)) % 11;
        bool issued = digits[0] is 4 or 6 or 7 or 9 && !(digits[0] == 9 && digits[1] == 9 && digits[2] == 9);
        return issued && digits.Distinct().Count() > 1 && check == digits[9];
    }

    [GeneratedRegex(@"(?<![\w.-])/(work|root|farm|home/\w+|Users/\w+)/|[A-Z]:\\\\?Users\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"(?<![\w.-])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![\w-])")]
    private static partial Regex TenDigits();
}
