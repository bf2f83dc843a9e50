using System.Text.RegularExpressions;
using Xunit;

namespace Canonbury.Tests.HouseRules;

/// <summary>Only the room that owns a table has SQL on it; docs/data-model.md names the owner of each.</summary>
public sealed partial class TableOwnersTests
{
    private const string Page = "docs/data-model.md";

    private static readonly Dictionary<string, string> Owners =
        Row().Matches(Checkout.Read(Page)).ToDictionary(row => row.Groups["table"].Value, row => row.Groups["owner"].Value);

    [Fact]
    public void Sql_OnATable_StandsOnlyInTheRoomThatOwnsIt() => Checkout.NothingFound(
        from path in Checkout.Code
        where path.StartsWith("src/", StringComparison.Ordinal) && !path.Contains("/Migrations/", StringComparison.Ordinal)
        let room = path.Split('/')[1].Replace("Canonbury.", "", StringComparison.Ordinal)
        from table in SqlText.TablesIn(Checkout.Read(path))
        where Owners.TryGetValue(table, out string? owner) && owner != room
        select $"{path}: {table} belongs to {Owners[table]}",
        "SQL on another room's table:");

    [Fact]
    public void Tables_ThatMigrationsMake_StandInTheDataModel()
    {
        string[] made = [.. Checkout.Files
            .Where(path => path.Contains("/Migrations/", StringComparison.Ordinal))
            .SelectMany(path => SqlText.CreatedIn(Checkout.Read(path))).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(made, Owners.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("db.Query(\"select * from message where id = @id\")", "message")]
    [InlineData("string sql = \"\"\"\n    update link set x = 1\n    \"\"\";", "link")]
    [InlineData("throw new Problem(\"The time is taken from message header\")", "")]
    [InlineData("// \"select 1 from message\"", "")]
    public void SqlText_FindsTablesInSqlOnly(string code, string tables) => Assert.Equal(tables, string.Join(',', SqlText.TablesIn(code)));

    [GeneratedRegex(@"^\| `(?<table>\w+)` \| (?<owner>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
