using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Canonbury.Database;
using Canonbury.Fhir.Json;
using Canonbury.Server.Tests.Api;
using Hl7.Fhir.Model;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.Server.Tests.Hostile;

/// <summary>What the server answered: its status, and the codes of its OperationOutcome; null where there is none.</summary>
internal sealed record Answer(int Status, IReadOnlyList<string>? Codes, string Text);

/// <summary>The server, for those who send it what nobody should; it tells what was left behind.</summary>
public sealed class HostileServer : IAsyncLifetime
{
    private static readonly string[] Tables =
        ["resource", "resource_version", "locator", "change", "mention", "message", "message_key", "patient", "identifier", "link", "claim"];

    private readonly ApiServer server = new();

    public Uri Base => server.Base;

    public string Token => server.TokenOf("kept-one");

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>How many rows there are in the tables that a write leaves something in.</summary>
    public long Rows()
    {
        using Session session = server.Rooms.GetRequiredService<RecordDatabase>().Open();
        return Tables.Sum(table => session.Query($"SELECT count(*) FROM {table}", row => row.Long(0))[0]);
    }

    /// <summary>Sends bytes as they are.</summary>
    /// <param name="type">The content type, as it is; null for none.</param>
    internal async Task<Answer> SendAsync(string method, string path, byte[]? body = null, string? type = ApiServer.Json)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(Base, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (type is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        }

        using HttpResponseMessage response = await server.Nobody.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, response.StatusCode < HttpStatusCode.BadRequest ? null : CodesOf(text), text);
    }

    private static IReadOnlyList<string>? CodesOf(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Parsed read = text.StartsWith('<') ? FhirXml.Parse(bytes) : FhirJson.Parse(bytes);
        return read is { IsValid: true, Resource: OperationOutcome outcome } ? [.. outcome.Issue.Select(issue => issue.Details.Coding[0].Code!)] : null;
    }
}
