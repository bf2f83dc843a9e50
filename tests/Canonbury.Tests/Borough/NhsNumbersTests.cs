using Canonbury.Borough.People;
using Canonbury.Fhir.Identifiers;
using Xunit;

namespace Canonbury.Tests.Borough;

public sealed class NhsNumbersTests
{
    [Fact]
    public void TheWholeRange_IsValidAndUnique_ThenPeopleHaveNone()
    {
        NhsNumbers numbers = new(seed: 5);
        HashSet<string> seen = [];
        while (numbers.Next() is string number)
        {
            Assert.StartsWith("999", number, StringComparison.Ordinal);
            Assert.True(NhsNumber.Checked(number));
            Assert.True(seen.Add(number));
        }

        // Ten elevenths of a million bodies have a check digit.
        Assert.InRange(seen.Count, 909_000, 909_200);
        Assert.Null(numbers.Next());
    }

    [Fact]
    public void AnotherSeed_DealsInAnotherOrder() => Assert.NotEqual(new NhsNumbers(1).Next(), new NhsNumbers(2).Next());
}
