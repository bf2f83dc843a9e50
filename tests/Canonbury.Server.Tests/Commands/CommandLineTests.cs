using Xunit;

namespace Canonbury.Server.Tests.Commands;

/// <summary>The exit codes are a promise to scripts (docs/operations.md).</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("canonbury-commands-").FullName;

    [Theory]
    [InlineData]
    [InlineData("no-such-command")]
    [InlineData("serve", "--http-port", "65536")]
    [InlineData("serve", "--http-port", "1", "--urls", "http://127.0.0.1:1")]
    [InlineData("serve", "--config", "no-such-file.json")]
    [InlineData("simulate", "--residents", "0")]
    [InlineData("simulate", "--fhir", "nowhere")]
    [InlineData("replay", "--processed")]
    [InlineData("replay", "--source", "pas")]
    public async Task WrongUse_EndsWith2(params string[] arguments) => Assert.Equal(2, await Program.Main(arguments));

    [Fact]
    public async Task WrongSetting_EndsWith2_BeforeAnythingIsDone()
    {
        string file = Path.Combine(folder, "canonbury.json");
        await File.WriteAllTextAsync(file, """{ "Server": { "StopSeconds": 0 } }""", TestContext.Current.CancellationToken);
        Assert.Equal(2, await Program.Main(["serve", "--config", file, "--data", Path.Combine(folder, "data"), "--http-port", "0", "--mllp-port", "0"]));
        Assert.False(Directory.Exists(Path.Combine(folder, "data")));
    }

    [Fact]
    public async Task SettingsFile_ThatIsNotJson_EndsWith2()
    {
        string file = Path.Combine(folder, "canonbury.json");
        await File.WriteAllTextAsync(file, "{ oops", TestContext.Current.CancellationToken);
        Assert.Equal(2, await Program.Main(["migrate", "--config", file]));
    }

    [Fact]
    public async Task DatabaseThatDoesNotAnswer_EndsWith3() =>
        Assert.Equal(3, await Program.Main(["migrate", "--data", folder, "--database", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2"]));

    [Fact]
    public async Task Migrate_EndsWith0_AndAgain()
    {
        Assert.Equal(0, await Program.Main(["migrate", "--data", folder]));
        Assert.Equal(0, await Program.Main(["migrate", "--data", folder]));
    }

    [Fact]
    public async Task Simulate_ToAFhirServerThatIsNotThere_SendsTheRestIntoFiles()
    {
        string files = Path.Combine(folder, "messages");
        Assert.Equal(0, await Program.Main(
            ["simulate", "--residents", "2", "--identity-only", "--mllp-host", "none", "--fhir", "http://127.0.0.1:1/fhir", "--folder", files]));
        Assert.NotEmpty(Directory.GetFiles(files));
    }

    [Fact]
    public async Task Replay_OfADeadLetterThatIsNotThere_EndsWith4()
    {
        Assert.Equal(0, await Program.Main(["migrate", "--data", folder]));
        Assert.Equal(0, await Program.Main(["replay", "--data", folder]));
        Assert.Equal(4, await Program.Main(["replay", "--data", folder, "0-0123456789abcdef0123456789abcdef"]));
    }

    [Fact]
    public async Task Help_EndsWith0() => Assert.Equal(0, await Program.Main(["--help"]));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
