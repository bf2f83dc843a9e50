using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Canonbury.Database.Tests;

/// <summary>Gives a theory both engines; PostgreSQL is seen as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        new TheoryDataRow<Engine>(Engine.Sqlite),
        new TheoryDataRow<Engine>(Engine.PostgreSql)
        {
            Skip = TestDatabase.PostgreSql is null ? "CANONBURY_TEST_POSTGRES names no PostgreSQL; ./test starts one." : null,
        },
    ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
