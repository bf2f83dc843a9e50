using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Canonbury.Database;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>
/// The real server in a process of its own: this test assembly starts itself with the one test of <see cref="ServedProcess"/>, which builds the
/// server as <c>canonbury serve</c> does. It ends with this object, or when this process ends.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ServedPorts ports;
    private readonly Task<string> log;

    private ServerProcess(Process process, ServedPorts ports, Task<string> log)
    {
        this.process = process;
        this.ports = ports;
        this.log = log;
    }

    public int MllpPort => ports.Mllp;

    public Uri Url => new(ports.Url);

    public bool HasEnded => process.HasExited;

    /// <summary>Starts a server on the database and waits until it is ready, or has ended itself.</summary>
    /// <param name="folder">Its data folder, which no other process that runs has.</param>
    /// <param name="signalAt">Where it sends itself a signal; null for nowhere.</param>
    /// <param name="demoAccounts">True: the accounts of the demonstration can sign in.</param>
    public static async Task<ServerProcess> StartAsync(DatabaseOptions database, string folder, SignalPoint? signalAt = null, bool demoAccounts = false)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string ready = Path.Combine(Directory.CreateTempSubdirectory("canonbury-ready-").FullName, "ports");
        Process process = Start(new ServedSettings(database.PostgreSql, folder, ready, signalAt, demoAccounts));
        Task<string> log = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Stopwatch waited = Stopwatch.StartNew();
        while (!File.Exists(ready))
        {
            if (process.HasExited && signalAt is not null)
            {
                // What an earlier process left in the inbox brought it there.
                return new ServerProcess(process, new ServedPorts(0, ""), log);
            }

            if (process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(60))
            {
                process.Kill();
                throw new InvalidOperationException($"The server did not start:\n{await log}\n{await output}");
            }

            await Task.Delay(10, cancellation);
        }

        ServedPorts ports = JsonSerializer.Deserialize<ServedPorts>(await File.ReadAllTextAsync(ready, cancellation))!;
        Directory.Delete(Path.GetDirectoryName(ready)!, recursive: true);
        return new ServerProcess(process, ports, log);
    }

    /// <summary>True while it stands still after SIGSTOP.</summary>
    public bool IsPaused => File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[1][0] == 'T';

    /// <summary>SIGKILL, now.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGSTOP: the process stands still wherever it is.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>An orderly stop.</summary>
    public async Task StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>What it wrote to its log; call it when the process has ended.</summary>
    public Task<string> LogAsync() => log;

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, kill.ExitCode);
    }

    private static Process Start(ServedSettings settings)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[ServedProcess.Variable] = JsonSerializer.Serialize(settings);
        string dll = typeof(ServedProcess).Assembly.Location;
        string[] arguments = ["-explicit", "only", "-noLogo", "-noColor", "-method", $"{typeof(ServedProcess).FullName}.{nameof(ServedProcess.Serve)}"];
        foreach (string argument in Path.GetFileNameWithoutExtension(start.FileName) == "dotnet" ? [dll, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
