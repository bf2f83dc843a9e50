using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Canonbury.Access.Callers;
using Canonbury.Intake.Pipeline;
using Canonbury.Intake.Sources.Mllp;
using Canonbury.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>Where a server sends itself a signal: when the step is reached for the n-th time.</summary>
/// <param name="Signal"><c>KILL</c>, or <c>STOP</c> to stand still there until it is continued.</param>
public sealed record SignalPoint(string Step, int Time, string Signal = "KILL");

/// <summary>What a served process is told.</summary>
/// <param name="DemoAccounts">True: the accounts of the demonstration can sign in.</param>
/// <param name="Ready">The file that it writes its ports to when it is ready.</param>
public sealed record ServedSettings(string? PostgreSql, string Folder, string Ready, SignalPoint? SignalAt, bool DemoAccounts);

/// <summary>What a served process says when it is ready.</summary>
public sealed record ServedPorts(int Mllp, string Url);

/// <summary>What runs in the process that <see cref="ServerProcess"/> starts: the server as it is, told only where to end itself.</summary>
public sealed class ServedProcess
{
    public const string Variable = "CANONBURY_TEST_SERVE";

    [Fact(Explicit = true)]
    public async Task Serve()
    {
        ServedSettings settings = JsonSerializer.Deserialize<ServedSettings>(
            Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException($"{Variable} is not set."))!;
        await using WebApplication app = Program.Build(Configuration(settings), services => services.AddSingleton(Signaller(settings.SignalAt)));
        await app.StartAsync(CancellationToken.None);
        if (settings.DemoAccounts)
        {
            await app.Services.GetRequiredService<Accounts>().AddDemoAccountsAsync(resident: null);
        }

        ServedPorts ports = new(app.Services.GetRequiredService<MllpService>().Ports[0], app.Urls.First());
        await File.WriteAllTextAsync(settings.Ready + ".new", JsonSerializer.Serialize(ports), CancellationToken.None);
        File.Move(settings.Ready + ".new", settings.Ready);

        // The input ends when the test asks for an orderly stop, and when the process of the test ends.
        await using Stream input = Console.OpenStandardInput();
        while (await input.ReadAsync(new byte[16], CancellationToken.None) > 0)
        {
        }

        await app.StopAsync(CancellationToken.None);
    }

    private static IConfigurationRoot Configuration(ServedSettings settings) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Database:Folder"] = settings.Folder,
        ["Database:PostgreSql"] = settings.PostgreSql,
        ["Database:SqliteCacheMiB"] = "16",
        ["Server:Url"] = "http://127.0.0.1:0",
        ["Intake:Mllp:0:Name"] = "pas",
        ["Intake:Mllp:0:Port"] = "0",
        ["Subscriptions:InsideHosts:0"] = "127.0.0.1",
        ["Subscriptions:RetrySeconds"] = "0.1",
        ["Access:DemoAccounts"] = settings.DemoAccounts ? "true" : "false",
    }).Build();

    private static StepReached Signaller(SignalPoint? point)
    {
        int times = 0;
        return step =>
        {
            if (step == point?.Step && Interlocked.Increment(ref times) == point.Time)
            {
                Send(point.Signal);
            }
        };
    }

    private static void Send(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        // The signal may take a moment; the step must not go on meanwhile.
        Thread.Sleep(100);
    }
}
