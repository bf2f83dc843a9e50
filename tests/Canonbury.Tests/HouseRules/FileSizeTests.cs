using Xunit;

namespace Canonbury.Tests.HouseRules;

/// <summary>Files stay small enough to read at one sitting: median at most 80 lines, 95th percentile at most 300, none over 500.</summary>
public sealed class FileSizeTests
{
    private static readonly (string Path, int Lines)[] Sizes =
        [.. Checkout.Code.Select(path => (path, Checkout.Read(path).AsSpan().Count('\n'))).OrderBy(file => file.Item2)];

    [Fact]
    public void Files_AreAtMost500Lines() =>
        Checkout.NothingFound(Sizes.Where(file => file.Lines > 500).Select(file => $"{file.Path}: {file.Lines}"), "Files over 500 lines:");

    [Fact]
    public void Files_AreAtMost80LinesInTheMedian() => Assert.InRange(Sizes[Sizes.Length / 2].Lines, 1, 80);

    [Fact]
    public void Files_AreAtMost300LinesAtThe95thPercentile()
    {
        int at = (int)(Sizes.Length * 0.95);
        Assert.True(Sizes[at].Lines <= 300, $"{Sizes[at].Lines} lines; the longest: {string.Join(", ", Sizes[at..].Select(file => $"{file.Path} {file.Lines}"))}");
    }
}
