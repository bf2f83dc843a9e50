using Xunit;

namespace Canonbury.Server.Tests.Commands;

/// <summary>The drill: what was backed up comes back, and nothing is changed by a backup that is damaged or a folder that is not empty.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("canonbury-backup-").FullName;

    private string Data => Path.Combine(folder, "data");

    private string Copy => Path.Combine(folder, "copy");

    [Fact]
    public async Task Restore_OfABackup_PutsTheDatabaseBack()
    {
        await BackUpAsync();
        string fresh = Path.Combine(folder, "fresh");
        Assert.Equal(0, await Program.Main(["restore", Copy, "--data", fresh]));
        Assert.True(File.Exists(Path.Combine(fresh, "canonbury.db")));
        Assert.Equal(0, await Program.Main(["migrate", "--data", fresh]));
    }

    [Fact]
    public async Task Restore_OverData_IsRefused_AndMovesItAsideWhenAsked()
    {
        await BackUpAsync();
        Assert.Equal(3, await Program.Main(["restore", Copy, "--data", Data]));
        Assert.Equal(0, await Program.Main(["restore", Copy, "--data", Data, "--replace"]));
        Assert.Single(Directory.GetFiles(Directory.GetDirectories(Data, "before-restore-*").Single(), "canonbury.db"));
    }

    [Fact]
    public async Task Restore_OfADamagedBackup_ChangesNothing()
    {
        await BackUpAsync();
        await File.AppendAllTextAsync(Path.Combine(Copy, "canonbury.db"), "x", TestContext.Current.CancellationToken);
        string fresh = Path.Combine(folder, "fresh");
        Assert.Equal(3, await Program.Main(["restore", Copy, "--data", fresh]));
        Assert.False(File.Exists(Path.Combine(fresh, "canonbury.db")));
    }

    [Fact]
    public async Task Backup_IntoAFolderThatIsNotEmpty_IsRefused()
    {
        await BackUpAsync();
        Assert.Equal(3, await Program.Main(["backup", Copy, "--data", Data]));
    }

    private async Task BackUpAsync()
    {
        Assert.Equal(0, await Program.Main(["migrate", "--data", Data]));
        Assert.Equal(0, await Program.Main(["backup", Copy, "--data", Data]));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
