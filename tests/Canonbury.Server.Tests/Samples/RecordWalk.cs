using System.Net;
using System.Text.RegularExpressions;
using Canonbury.Access.Callers;
using Canonbury.Database;
using Canonbury.Fhir.Ids;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Microsoft.Extensions.DependencyInjection;

namespace Canonbury.Server.Tests.Samples;

/// <summary>Opens records as a general practitioner does, over HTTP: every person's summary and timeline, and every page of the richest.</summary>
internal sealed partial class RecordWalk(RunningServer server, int richest = 36) : IDisposable
{
    /// <summary>Pages of one record beyond its sections: items, tests, documents.</summary>
    private const int MostPages = 100;

    private readonly HttpClient http = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Client.BaseAddress };
    private readonly Dictionary<string, string> cookies = [];
    private string formToken = "";

    /// <summary>Pages that did not answer 200.</summary>
    public List<string> Faults { get; } = [];

    public int People { get; private set; }

    public int Pages { get; private set; }

    public void Dispose() => http.Dispose();

    public async Task RunAsync()
    {
        await SignInAsync();
        List<Guid> people = Query(
            """
            SELECT p.person, count(r.id) FROM person_patient p LEFT JOIN resource r ON r.bucket = p.bucket AND r.patient = p.patient
            GROUP BY p.person ORDER BY count(r.id) DESC, p.person
            """);
        People = people.Count;
        for (int i = 0; i < people.Count; i++)
        {
            string root = $"/record/{people[i]}";
            await ConfirmAsync(people[i]);
            List<string> known = [root, $"{root}/timeline"];
            if (i < richest)
            {
                known.AddRange([$"{root}/sources", .. SectionWords.All.Select(section => $"{root}/{section.Slug}")]);
            }

            for (int at = 0; at < known.Count; at++)
            {
                string page = await GetAsync(known[at]);
                if (i < richest)
                {
                    known.AddRange(Link().Matches(page).Select(link => WebUtility.HtmlDecode(link.Groups["to"].Value))
                        .Where(to => to.StartsWith(root, StringComparison.Ordinal)).Distinct().Except(known).Take(MostPages - known.Count));
                }
            }
        }
    }

    private async Task SignInAsync()
    {
        await server.Rooms.GetRequiredService<Accounts>().AddDemoAccountsAsync(PatientId.Nobody);
        ReadFormToken(await GetAsync("/sign-in"));
        await PostAsync("/sign-in", ("name", "gp"), ("password", DemoAccounts.Password));
        ReadFormToken(await GetAsync("/find-person"));
    }

    private async Task ConfirmAsync(Guid person)
    {
        cookies.Remove("canonbury-reason");
        HttpStatusCode status = await PostAsync($"/confirm-identity/{person}", ("reason", "Direct care: the person is with me or on my list now"));
        if (status != HttpStatusCode.Redirect)
        {
            Faults.Add($"{status} /confirm-identity/{person}");
        }
    }

    private async Task<string> GetAsync(string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        using HttpResponseMessage response = await SendAsync(request);
        Pages++;
        if (response.StatusCode != HttpStatusCode.OK)
        {
            Faults.Add($"{response.StatusCode} {path}");
        }

        return response.Content.Headers.ContentType?.MediaType == "text/html" ? await response.Content.ReadAsStringAsync() : "";
    }

    private async Task<HttpStatusCode> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent(fields.Append(("form-token", formToken)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using HttpResponseMessage response = await SendAsync(request);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        HttpResponseMessage response = await http.SendAsync(request);
        foreach (string set in response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? sets) ? sets : [])
        {
            string[] pair = set.Split(';')[0].Split('=', 2);
            cookies[pair[0]] = pair[1];
        }

        return response;
    }

    private void ReadFormToken(string page) => formToken = WebUtility.HtmlDecode(FormToken().Match(page).Groups["token"].Value);

    private List<Guid> Query(string sql)
    {
        using Session session = server.Rooms.GetRequiredService<RecordDatabase>().Open();
        return session.Query(sql, row => row.Id(0));
    }

    [GeneratedRegex("(?:href|src|data)=\"(?<to>/record/[^\"#]*)")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"form-token\"[^>]*value=\"(?<token>[^\"]+)\"")]
    private static partial Regex FormToken();
}
