namespace Canonbury.Server.Web.Words;

/// <summary>NHS numbers as they are shown: 3-3-4 (NHS service manual, "How to write NHS numbers").</summary>
public static class NhsNumberText
{
    /// <summary>With plain spaces that do not break; anything that is not ten digits stays as it is.</summary>
    public static string Format(string number) =>
        number.Length == 10 && number.All(char.IsAsciiDigit) ? $"{number[..3]}\u00a0{number[3..6]}\u00a0{number[6..]}" : number;
}
