using System.ComponentModel.DataAnnotations;
using System.Net;
using Canonbury.Intake.Sources.FileDrop;
using Canonbury.Intake.Sources.Mllp;
using Microsoft.Extensions.Options;

namespace Canonbury.Intake.Sources;

/// <summary>Checks the section <c>Intake</c> at start; each failure names the setting and what to change.</summary>
public sealed class IntakeOptionsValidation : IValidateOptions<IntakeOptions>
{
    public ValidateOptionsResult Validate(string? name, IntakeOptions options)
    {
        string[] problems = [.. Problems(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static List<string> Problems(IntakeOptions options)
    {
        List<string> problems = [.. Attributes(options, IntakeOptions.Section)];
        List<string> feedIds = [];
        HashSet<int> ports = [];
        for (int i = 0; i < options.MllpFeeds.Count; i++)
        {
            MllpFeedOptions feed = options.MllpFeeds[i];
            string section = $"{IntakeOptions.Section}:Mllp:{i}";
            problems.AddRange(Attributes(feed, section));
            problems.AddRange(ZoneProblem(feed.Zone, section));
            if (!IPAddress.TryParse(feed.Address, out _))
            {
                problems.Add($"{section}:Address must be an IP address such as 127.0.0.1, or 0.0.0.0 for all.");
            }

            if (feed.Port != 0 && !ports.Add(feed.Port))
            {
                problems.Add($"{section}:Port {feed.Port} is used by an earlier feed: give each feed its own port.");
            }

            if (feed.MaxMessageBytes > options.MaxInFlightBytes / 2)
            {
                problems.Add($"{section}:MaxMessageBytes is above half of {IntakeOptions.Section}:MaxInFlightBytes: lower the one or raise the other.");
            }

            if (feed.Tls is { Certificate.Length: 0 })
            {
                problems.Add($"{section}:Tls:Certificate is missing: name the server's PFX or PEM file, or remove the Tls section.");
            }

            if (feed.Tls is { AllowedClients.Count: > 0, ClientCertificateAuthority: null or "" })
            {
                problems.Add($"{section}:Tls:AllowedClients needs ClientCertificateAuthority: name the PEM file of the clients' authority.");
            }

            feedIds.Add(feed.FeedId);
        }

        for (int i = 0; i < options.FileDrop.Count; i++)
        {
            FileDropOptions drop = options.FileDrop[i];
            problems.AddRange(Attributes(drop, $"{IntakeOptions.Section}:FileDrop:{i}"));
            problems.AddRange(ZoneProblem(drop.Zone, $"{IntakeOptions.Section}:FileDrop:{i}"));
            feedIds.Add(drop.Name);
        }

        for (int i = 0; i < options.Sources.Count; i++)
        {
            problems.AddRange(Attributes(options.Sources[i], $"{IntakeOptions.Section}:Sources:{i}"));
        }

        problems.AddRange(options.Sources.GroupBy(source => source.Code, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"{IntakeOptions.Section}:Sources: the code '{group.Key}' stands for {group.Count()} sources: give each its own Code."));
        problems.AddRange(feedIds.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"{IntakeOptions.Section}: the name '{group.Key}' is used by {group.Count()} feeds: give each feed its own Name."));
        return problems;
    }

    private static IEnumerable<string> Attributes(object options, string section)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => $"{section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}");
    }

    private static IEnumerable<string> ZoneProblem(string zone, string section) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
        ? []
        : [$"{section}:Zone '{zone}' is not known here: use an IANA name such as Europe/London (and install tzdata)."];
}
