using System.Text.RegularExpressions;

namespace Canonbury.Tests.HouseRules;

/// <summary>Finds SQL among the string literals of C# files, so that prose about a "message" is not taken for the table of that name.</summary>
internal static partial class SqlText
{
    /// <summary>The names that SQL in <paramref name="code"/> reads from or writes to, tables and common table expressions alike.</summary>
    public static IEnumerable<string> TablesIn(string code) =>
        from Match literal in Literal().Matches(code)
        let text = literal.Groups["text"].Value
        where Statement().IsMatch(text)
        from Match table in Table().Matches(text)
        select table.Groups["name"].Value.ToLowerInvariant();

    public static IEnumerable<string> CreatedIn(string text) =>
        Create().Matches(text).Select(table => table.Groups["name"].Value.ToLowerInvariant());

    [GeneratedRegex("""(?://[^\n]*)|(?<text>"{3,}.*?"{3,})|@"(?<text>(?:[^"]|"")*)"|"(?<text>(?:[^"\\\n]|\\.)*)"|'(?:[^'\\]|\\.)+'""", RegexOptions.Singleline)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^""*\s*\$?\s*(select|insert|update|delete|with|from|(left |inner |cross )?join|and exists|where|union|copy|truncate|merge|alter|create|drop|lock)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\b(?:from|join|into|update|table|copy|truncate)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?""?(?<name>[a-z_]+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Table();

    [GeneratedRegex(@"\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?""?(?<name>[a-z_]+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Create();
}
