using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Fhir.Json;
using Canonbury.TestData.Samples;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.Server.Tests.Samples.FhirPush;

/// <summary>What became of the samples of one origin.</summary>
internal sealed class OriginTally
{
    public int Accepted { get; set; }

    public int Refused { get; set; }

    /// <summary>Resources that the accepted ones wrote: one, or a bundle's entries.</summary>
    public int Resources { get; set; }

    /// <summary>By code, how many were refused for it; one refused for several reasons counts under each.</summary>
    public SortedDictionary<string, int> Codes { get; } = new(StringComparer.Ordinal);
}

/// <summary>Pushes FHIR R4 samples over HTTP, each as a client of its origin, and reads back what went in.</summary>
/// <param name="suffix">What stands behind the names of its clients.</param>
internal sealed class FhirSampleRun(RunningServer server, string suffix = "")
{
    private readonly Dictionary<string, SampleClient> clients = new(StringComparer.Ordinal);

    public SortedDictionary<string, OriginTally> Origins { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that break the promise: an error of the server, a refusal that names no element, a resource that is read back otherwise.</summary>
    public List<string> Faults { get; } = [];

    public OriginTally Total
    {
        get
        {
            OriginTally total = new();
            foreach (OriginTally tally in Origins.Values)
            {
                total.Accepted += tally.Accepted;
                total.Refused += tally.Refused;
                total.Resources += tally.Resources;
                foreach ((string code, int count) in tally.Codes)
                {
                    total.Codes[code] = total.Codes.GetValueOrDefault(code) + count;
                }
            }

            return total;
        }
    }

    /// <summary>The code of the source that the samples of an origin come from.</summary>
    public static string SourceOf(string origin) => origin.Replace('/', '-');

    public async Task RunAsync(IEnumerable<FhirSample> samples)
    {
        foreach (FhirSample sample in samples)
        {
            OriginTally tally = Origins.TryGetValue(sample.Origin, out OriginTally? known) ? known : Origins[sample.Origin] = new OriginTally();
            SampleClient client = await ClientAsync(sample.Origin);
            Answered answer = await client.PushAsync(sample);
            List<string> codes = [];
            if (!answer.IsSuccess)
            {
                codes.AddRange(Refusal(sample, answer.Status.ToString(), (int)answer.Status, answer.Json));
            }
            else if (answer.Location is { } location)
            {
                tally.Resources++;
                await ReadBackAsync(client, sample, location, Sent(sample));
            }
            else
            {
                codes.AddRange(await EntriesAsync(client, sample, answer, tally));
            }

            tally.Accepted += codes.Count == 0 ? 1 : 0;
            tally.Refused += codes.Count == 0 ? 0 : 1;
            foreach (string code in codes.Distinct())
            {
                tally.Codes[code] = tally.Codes.GetValueOrDefault(code) + 1;
            }
        }
    }

    private async Task<List<string>> EntriesAsync(SampleClient client, FhirSample sample, Answered answer, OriginTally tally)
    {
        JsonArray sent = Sent(sample)["entry"]!.AsArray();
        JsonArray responses = answer.Json["entry"]!.AsArray();
        if (responses.Count != sent.Count)
        {
            Faults.Add($"{sample.Origin} {sample.Name}: {sent.Count} entries are answered by {responses.Count}");
            return [];
        }

        List<string> codes = [];
        for (int i = 0; i < sent.Count; i++)
        {
            JsonNode response = responses[i]!["response"]!;
            int status = int.Parse(((string)response["status"]!)[..3], CultureInfo.InvariantCulture);
            if (status is < 200 or >= 300)
            {
                codes.AddRange(Refusal(sample, $"entry {i}", status, response["outcome"]!));
            }
            else if ((string?)response["location"] is { } location)
            {
                tally.Resources++;
                if (IsWhole((string?)sent[i]!["request"]!["method"], status))
                {
                    await ReadBackAsync(client, sample, location, sent[i]!["resource"]!);
                }
            }
        }

        return codes;
    }

    // A patch is not what is stored then, and neither is a conditional create of what was there.
    private static bool IsWhole(string? method, int status) => method switch
    {
        "PUT" => true,
        "POST" => status == 201,
        _ => false,
    };

    private IEnumerable<string> Refusal(FhirSample sample, string where, int status, JsonNode outcome)
    {
        JsonNode[] errors = [.. (outcome["issue"] as JsonArray ?? []).Where(issue => (string?)issue!["severity"] is "error" or "fatal").Select(issue => issue!)];
        if (status is < 400 or >= 500 || (string?)outcome["resourceType"] != "OperationOutcome" || errors.Length == 0)
        {
            Faults.Add($"{sample.Origin} {sample.Name}: {where}: {status} {outcome.ToJsonString()}");
        }

        string[] codes = [.. errors.Select(error => (string?)error["details"]?["coding"]?[0]?["code"] ?? "no code")];
        foreach ((JsonNode error, string code) in errors.Zip(codes))
        {
            // Only a body that cannot be read at all has no element to name.
            if (error["expression"] is null && !code.EndsWith("-malformed", StringComparison.Ordinal))
            {
                Faults.Add($"{sample.Origin} {sample.Name}: {code} names no element: {error.ToJsonString()}");
            }
        }

        return codes;
    }

    private async Task ReadBackAsync(SampleClient client, FhirSample sample, string location, JsonNode sent)
    {
        Answered json = await client.ReadAsync(location, WireFormat.Json);
        Answered xml = await client.ReadAsync(location, WireFormat.Xml);
        string? fault = !json.IsSuccess ? $"is {json.Status} when it is read back"
            : !xml.IsSuccess ? $"is {xml.Status} when it is read back as XML"
            : SameResource.Difference(sent, json.Json, sample.Format) is { } difference ? difference
            : FhirXml.Parse(xml.Body) is not { Resource: { } resource, IsValid: true } ? "is not valid when it is read back as XML"
            : SameResource.DifferenceAsXml(json.Json, resource) is { } between ? "as XML: " + between
            : null;
        if (fault is not null)
        {
            Faults.Add($"{sample.Origin} {sample.Name}: {new Uri(location).AbsolutePath}: {fault}");
        }
    }

    private static JsonNode Sent(FhirSample sample) => sample.Format == WireFormat.Xml
        ? JsonNode.Parse(FhirJson.ToUtf8(FhirXml.Parse(sample.Body).Resource!))!
        : JsonNode.Parse(Encoding.UTF8.GetString(sample.Body).TrimStart('\uFEFF'))!;

    private async Task<SampleClient> ClientAsync(string origin)
    {
        if (!clients.TryGetValue(origin, out SampleClient? client))
        {
            TokenOutcome token = await server.Rooms.GetRequiredService<ClientTokens>().IssueAsync(SourceOf(origin) + suffix, Role.SystemClient, 1, CancellationToken.None);
            clients[origin] = client = new SampleClient(server.Client, Assert.IsType<TokenOutcome.Issued>(token).Token);
        }

        return client;
    }
}
