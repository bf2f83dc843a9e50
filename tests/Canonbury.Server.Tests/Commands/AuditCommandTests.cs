using Canonbury.Database;
using Microsoft.Extensions.Options;
using Xunit;

namespace Canonbury.Server.Tests.Commands;

public sealed class AuditCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("canonbury-audit-").FullName;

    [Fact]
    public async Task Audit_WithoutEntries_EndsWith0() => Assert.Equal(0, await Program.Main(["audit", "--data", folder]));

    [Fact]
    public async Task Audit_WithARowThatDoesNotFit_EndsWith4()
    {
        Assert.Equal(0, await Program.Main(["migrate", "--data", folder]));
        using (RecordDatabase database = new(Options.Create(new DatabaseOptions { Folder = folder })))
        {
            using Session session = database.Open();
            session.Execute(
                "INSERT INTO audit (chain, sequence, stored_at, hash, digest) VALUES ($1, 1, 0, $2, $2)", Guid.CreateVersion7(), new byte[32]);
        }

        Assert.Equal(4, await Program.Main(["audit", "--data", folder]));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
