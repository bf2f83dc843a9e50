using Canonbury.Borough.People;

namespace Canonbury.Borough.Names;

/// <summary>All origins, each with its share of the households of an inner London borough.</summary>
public static class Origins
{
    public static IReadOnlyList<Origin> All { get; } =
    [
        .. BritishAndIrish.Origins, .. European.Origins, .. Asian.Origins, .. AfricanAndCaribbean.Origins, .. American.Origins,
    ];

    private static readonly int TotalWeight = All.Sum(origin => origin.Weight);

    public static Origin Pick(Dice dice)
    {
        int left = dice.Below(TotalWeight);
        foreach (Origin origin in All)
        {
            left -= origin.Weight;
            if (left < 0)
            {
                return origin;
            }
        }

        return All[0];
    }

    internal static Origin Of(string name, int weight, string category, string language, string female, string male, string family) =>
        new(name, weight, category, language, female.Split(' '), male.Split(' '), family.Split(' '));
}
