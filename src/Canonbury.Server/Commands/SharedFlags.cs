using System.CommandLine;

namespace Canonbury.Server.Commands;

/// <summary>The flags that every command understands, and the settings that file, environment and flags give together.</summary>
internal static class SharedFlags
{
    private static readonly Option<string?> Config = Flag("--config", "FILE", "The settings file; canonbury.json in the current folder where there is one.");

    private static readonly Option<string?> Data = Flag("--data", "FOLDER", "The folder of the data; it is made when it is not there. Default: data.");

    private static readonly Option<string?> Database = Flag("--database", "CONNECTION", "A PostgreSQL connection string. Default: SQLite in the data folder.");

    private static readonly Option<string?> Urls = Flag("--urls", "URL", "Where pages and FHIR API listen. Default: http://127.0.0.1:8080.");

    private static readonly Option<int?> HttpPort = Port("--http-port", "The port of pages and FHIR API on 127.0.0.1. Default: 8080.");

    private static readonly Option<int?> MllpPort = Port("--mllp-port", "The port for HL7 v2 messages over MLLP. Default: 2575.");

    public static void AddTo(Command root)
    {
        foreach (Option option in new Option[] { Config, Data, Database, Urls, HttpPort, MllpPort })
        {
            root.Options.Add(option);
        }
    }

    /// <summary>The settings: defaults, then the file, then the environment, then the flags. Throws <see cref="WrongSettingException"/>.</summary>
    /// <param name="more">Settings that the command itself makes; flags win over them.</param>
    public static IConfigurationRoot Settings(ParseResult parsed, IReadOnlyDictionary<string, string?>? more = null)
    {
        ConfigurationBuilder builder = new();
        string? file = parsed.GetValue(Config);
        if (file is not null && !File.Exists(file))
        {
            throw new WrongSettingException($"--config names {file}, which is not there.");
        }

        if (parsed.GetValue(Urls) is not null && parsed.GetValue(HttpPort) is not null)
        {
            throw new WrongSettingException("--urls and --http-port say the same thing: give one of them.");
        }

        Dictionary<string, string?> flags = new(more ?? new Dictionary<string, string?>());
        Set(flags, "Database:Folder", parsed.GetValue(Data));
        Set(flags, "Database:PostgreSql", parsed.GetValue(Database));
        Set(flags, "Server:Url", parsed.GetValue(Urls) ?? (parsed.GetValue(HttpPort) is int port ? FormattableString.Invariant($"http://127.0.0.1:{port}") : null));
        Set(flags, "Intake:Mllp:0:Port", parsed.GetValue(MllpPort)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        try
        {
            return builder
                .AddJsonFile(Path.GetFullPath(file ?? "canonbury.json"), optional: file is null)
                .AddEnvironmentVariables("CANONBURY_")
                .AddInMemoryCollection(flags)
                .Build();
        }
        catch (Exception problem) when (problem is InvalidDataException or FormatException)
        {
            throw new WrongSettingException($"{file ?? "canonbury.json"} is not a valid settings file: {problem.InnerException?.Message ?? problem.Message}");
        }
    }

    private static void Set(Dictionary<string, string?> flags, string key, string? value)
    {
        if (value is not null)
        {
            flags[key] = value;
        }
    }

    private static Option<string?> Flag(string name, string value, string words) => new(name) { HelpName = value, Description = words, Recursive = true };

    private static Option<int?> Port(string name, string words)
    {
        Option<int?> port = new(name) { HelpName = "PORT", Description = words, Recursive = true };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 or > 65535)
            {
                result.AddError($"{name} must be a port: 1 to 65535, or 0 to let the system choose one.");
            }
        });
        return port;
    }
}
