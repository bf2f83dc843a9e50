using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Canonbury.Database.Tests.Floor;

/// <summary>Which errors say nothing about the work, so that a message waits instead of becoming a dead letter.</summary>
public sealed class PassingErrorsTests
{
    // PostgreSQL, Appendix A.
    [Theory]
    [InlineData("08006", true)] // connection_failure
    [InlineData("25006", true)] // read_only_sql_transaction: it became a standby
    [InlineData("25P03", true)] // idle_in_transaction_session_timeout
    [InlineData("40001", true)] // serialization_failure
    [InlineData("40P01", true)] // deadlock_detected
    [InlineData("53100", true)] // disk_full
    [InlineData("53300", true)] // too_many_connections
    [InlineData("55P03", true)] // lock_not_available
    [InlineData("57P01", true)] // admin_shutdown
    [InlineData("57P03", true)] // cannot_connect_now
    [InlineData("58030", true)] // io_error
    [InlineData("22021", false)] // character_not_in_repertoire
    [InlineData("23505", false)] // unique_violation
    [InlineData("42601", false)] // syntax_error
    public void PostgreSql_ByItsClassOfError(string state, bool isPassing) =>
        Assert.Equal(isPassing, Session.IsPassing(new PostgresException("", "ERROR", "ERROR", state)));

    // https://www.sqlite.org/rescode.html
    [Theory]
    [InlineData(5, true)] // SQLITE_BUSY
    [InlineData(8, true)] // SQLITE_READONLY
    [InlineData(10, true)] // SQLITE_IOERR
    [InlineData(13, true)] // SQLITE_FULL
    [InlineData(1, false)] // SQLITE_ERROR
    [InlineData(19, false)] // SQLITE_CONSTRAINT
    public void Sqlite_ByItsCode(int code, bool isPassing) => Assert.Equal(isPassing, Session.IsPassing(new SqliteException("", code)));

    [Fact]
    public void ABugOfOurs_IsNotPassing() => Assert.False(Session.IsPassing(new InvalidOperationException()));
}
