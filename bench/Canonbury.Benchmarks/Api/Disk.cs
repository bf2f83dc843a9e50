using System.Globalization;
using System.Text;
using Canonbury.Database;

namespace Canonbury.Benchmarks.Api;

/// <summary>What the tables of a database take on disk, with their indexes.</summary>
internal static class Disk
{
    /// <summary>Table to what it is for: the resource and what finds it, or what is kept beside it.</summary>
    private static readonly Dictionary<string, string> Parts = new()
    {
        ["resource"] = "newest versions", ["locator"] = "newest versions", ["mention"] = "newest versions", ["posting"] = "postings",
        ["resource_version"] = "earlier versions", ["change"] = "changes", ["message"] = "messages", ["message_key"] = "messages",
        ["audit"] = "audit", ["audit_patient"] = "audit",
    };

    /// <param name="resources">How many resources there are.</param>
    public static string Report(string target, int resources)
    {
        DatabaseOptions options = ServerProcess.IsPostgreSql(target) ? new() { Folder = Path.GetTempPath(), PostgreSql = target } : new() { Folder = target };
        using RecordDatabase database = new(Microsoft.Extensions.Options.Options.Create(options));
        using Session session = database.Open();
        StringBuilder report = new("| tables | bytes a resource |\n|---|---:|\n");
        foreach (IGrouping<string, (string Table, long Bytes)> part in Sizes(database, session).GroupBy(size => Parts.GetValueOrDefault(size.Table, "identity and the rest")))
        {
            string tables = string.Join(", ", part.Select(size => size.Table).Order(StringComparer.Ordinal));
            report.Append(CultureInfo.InvariantCulture, $"| {part.Key}: {tables} | {part.Sum(size => size.Bytes) / (double)resources:0} |\n");
        }

        return report.ToString();
    }

    private static IEnumerable<(string Table, long Bytes)> Sizes(RecordDatabase database, Session session) => database.Engine == Engine.PostgreSql
        ? session.Query(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
            row => (row.Text(0), row.Long(1)))
        : SqlitePages.Sizes(session, database.SqliteFile);
}
