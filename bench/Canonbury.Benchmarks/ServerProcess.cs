using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Canonbury.Benchmarks;

/// <summary>The real server in a process of its own, on ports that are free.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Canonbury.Server.dll");

    private readonly Process process;
    private readonly HttpClient http = new();

    private readonly string[] place;

    private ServerProcess(Process process, string[] place, Uri address, int mllpPort)
    {
        this.process = process;
        this.place = place;
        Address = address;
        MllpPort = mllpPort;
    }

    public Uri Address { get; }

    public int Id => process.Id;

    public int MllpPort { get; }

    /// <summary>Processor time that the server has used.</summary>
    public TimeSpan ProcessorTime => process.TotalProcessorTime;

    public long MemoryBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <param name="target">A folder for SQLite, or a PostgreSQL connection string.</param>
    public static async Task<ServerProcess> StartAsync(string target, params string[] settings)
    {
        int web = FreePort();
        int mllp = FreePort();
        ProcessStartInfo start = new("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] place = IsPostgreSql(target) ? ["--database", target, "--data", Path.Combine(Path.GetTempPath(), "canonbury-bench-" + Guid.NewGuid().ToString("N"))] : ["--data", target];
        foreach (string argument in (string[])[Program, "serve", .. place,
            "--http-port", web.ToString(CultureInfo.InvariantCulture), "--mllp-port", mllp.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string setting in settings)
        {
            start.Environment["CANONBURY_" + setting.Split('=')[0]] = setting.Split('=')[1];
        }

        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } words && !words.Contains("info:", StringComparison.Ordinal))
            {
                Console.Error.WriteLine("server: " + words);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        ServerProcess server = new(process, place, new Uri($"http://127.0.0.1:{web}"), mllp);
        for (int i = 0; i < 300; i++)
        {
            if (await server.IsReadyAsync())
            {
                return server;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The server did not become ready.");
    }

    public static bool IsPostgreSql(string target) => target.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>A bearer token for a system client, from the command of that name.</summary>
    public async Task<string> TokenAsync(string client)
    {
        ProcessStartInfo start = new("dotnet", [Program, "token", .. place, "--client", client]) { RedirectStandardOutput = true };
        using Process token = Process.Start(start)!;
        return (await token.StandardOutput.ReadToEndAsync()).Trim();
    }

    /// <summary>The metrics as the server shows them, name with labels to value.</summary>
    public async Task<IReadOnlyList<(string Name, double Value)>> MetricsAsync() =>
        [.. (await http.GetStringAsync(new Uri(Address, "/metrics"))).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => (line[..line.LastIndexOf(' ')], double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)))];

    public void Dispose()
    {
        using (Process stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            stop.WaitForExit();
        }

        if (!process.WaitForExit(30_000))
        {
            process.Kill();
        }

        process.Dispose();
        http.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(Address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
