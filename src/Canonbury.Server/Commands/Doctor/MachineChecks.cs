using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Canonbury.Server.Commands.Doctor;

/// <summary>What the machine must give: a folder to write in, room on the disk, ports, time zones, a plausible clock, the pages' assets.</summary>
internal static class MachineChecks
{
    private const long LittleRoom = 2L << 30;

    public static Finding DataFolder(string folder)
    {
        string probe = Path.Combine(folder, $".doctor-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Finding.Good("data folder", Path.GetFullPath(folder));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Finding.Bad("data folder", $"{Path.GetFullPath(folder)} cannot be written ({problem.Message}). Change its owner, or name another one with --data.");
        }
    }

    public static Finding Disk(string folder)
    {
        long free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        string words = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):0.0} GiB free");
        return free >= LittleRoom ? Finding.Good("disk", words) : Finding.Bad("disk", $"Only {words}: make room, or move the data with --data. At least 2 GiB are wanted.");
    }

    public static async Task<Finding> HttpPortAsync(string url)
    {
        Uri address = new(url.Split(';')[0].Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal));
        if (IsFree(address.Host, address.Port))
        {
            return Finding.Good("web port", $"{address.Port} is free");
        }

        using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(address, "/health/ready"));
            return answer.IsSuccessStatusCode
                ? Finding.Good("web port", $"{address.Port}: Canonbury runs there and is ready")
                : Finding.Look("web port", $"{address.Port}: something answers there that is not ready. If it is not Canonbury, choose another port with --http-port.");
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            return Finding.Bad("web port", $"{address.Port} is taken by another program: end it, or choose another port with --http-port.");
        }
    }

    public static Finding MllpPort(int port) => IsFree("127.0.0.1", port)
        ? Finding.Good("MLLP port", $"{port} is free")
        : Finding.Look("MLLP port", $"{port} is taken: if that is not Canonbury itself, choose another port with --mllp-port.");

    public static Finding Zone(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
        ? Finding.Good("time zones", zone)
        : Finding.Bad("time zones", $"The zone {zone} is not known here: install the Debian package tzdata.");

    public static Finding Clock(TimeProvider clock, DateTimeOffset? databaseTime)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset built = File.GetLastWriteTimeUtc(typeof(MachineChecks).Assembly.Location);
        if (now < built.AddDays(-1))
        {
            return Finding.Bad("clock", $"It says {now:yyyy-MM-dd}, which is before this program was built: set the clock (timedatectl).");
        }

        TimeSpan apart = (databaseTime - now)?.Duration() ?? TimeSpan.Zero;
        return apart < TimeSpan.FromSeconds(2)
            ? Finding.Good("clock", $"{now:yyyy-MM-dd HH:mm} UTC")
            : Finding.Look("clock", string.Create(CultureInfo.InvariantCulture, $"{apart.TotalSeconds:0} s away from the database's: let both machines ask a time server."));
    }

    public static Finding Assets() => typeof(MachineChecks).Assembly.GetManifestResourceNames().Any(name => name.Contains("nhsuk", StringComparison.Ordinal))
        ? Finding.Good("page assets", "in the program")
        : Finding.Bad("page assets", "The styles of the pages are not in this build: run npm ci in src/Canonbury.Server and build again.");

    private static bool IsFree(string host, int port)
    {
        if (port == 0)
        {
            return true;
        }

        try
        {
            IPAddress address = IPAddress.TryParse(host, out IPAddress? parsed) ? parsed : IPAddress.Loopback;
            using TcpListener listener = new(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
