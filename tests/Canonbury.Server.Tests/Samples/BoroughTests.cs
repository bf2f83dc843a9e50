using System.Globalization;
using Canonbury.Access.Callers;
using Canonbury.Access.SignIn;
using Canonbury.Borough.Sending;
using Canonbury.Borough.Systems;
using Canonbury.Database;
using Canonbury.Fhir.Ids;
using Canonbury.Intake.Sources.Mllp;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Canonbury.Server.Tests.Samples;

/// <summary>A synthetic borough sends its histories over MLLP and FHIR, and everything that it sends is in the record of whom it is about.</summary>
public sealed class BoroughTests(ITestOutputHelper output)
{
    private const int Residents = 80;

    [Fact]
    public async Task EverythingThatABoroughSends_IsInTheRecord_AndNoTwoPeopleAreOne()
    {
        await using RunningServer server = new([.. SourceSystem.All.SelectMany((system, at) => new[]
        {
            ($"Intake:Sources:{at}:Code", SourceOf(system.Code)), ($"Intake:Sources:{at}:Name", system.Organisation),
            ($"Intake:Sources:{at}:Application", system.Application), ($"Intake:Sources:{at}:Facility", system.Facility),
        })]);
        await server.InitializeAsync();
        string truth = Path.Combine(server.Folder, "truth.csv");
        SimulationProgress end = await SendAsync(server, truth);
        Assert.Equal((0, end.Sent), (end.Refused, end.Acknowledged));

        await DrainAsync(server);
        Assert.Equal(0, Query(server, "SELECT count(*) FROM message WHERE state = 2", row => row.Long(0))[0]);
        Dictionary<Guid, Guid> people = Query(server, "SELECT patient, person FROM person_patient", row => (row.Id(0), row.Id(1))).ToDictionary(row => row.Item1, row => row.Item2);
        (Guid Patient, string Resident, bool Numbered)[] registrations = [.. File.ReadLines(truth).Skip(1).Select(line => line.Split(',')).Select(Registration)];
        Check(people, registrations);

        using RecordWalk walk = new(server, richest: 8);
        await walk.RunAsync();
        output.WriteLine($"REPORT synthetic borough: {end.Sent} messages and bundles of {Residents} residents; the records of {walk.People} people open, {walk.Pages} pages");
        Assert.True(walk.Faults.Count == 0, string.Join('\n', walk.Faults));
    }

    private void Check(Dictionary<Guid, Guid> people, (Guid Patient, string Resident, bool Numbered)[] registrations)
    {
        var shown = registrations.Where(one => people.ContainsKey(one.Patient)).Select(one => (one.Patient, one.Resident, one.Numbered, Person: people[one.Patient])).ToArray();
        string[] mixed = [.. shown.GroupBy(one => one.Person).Where(person => person.Select(one => one.Resident).Distinct().Count() > 1)
            .Select(person => string.Join(" with ", person.Select(one => one.Resident).Distinct()))];
        var numbered = shown.Where(one => one.Numbered).GroupBy(one => one.Resident).Where(resident => resident.Count() > 1).ToArray();
        int together = numbered.Count(resident => resident.Select(one => one.Person).Distinct().Count() == 1);
        output.WriteLine($"REPORT synthetic borough: {registrations.Length} registrations, {shown.Length} shown, {mixed.Length} people mixed, {together} of {numbered.Length} residents with one number everywhere are one person");
        Assert.True(mixed.Length == 0, "Residents mixed in one record: " + string.Join("; ", mixed));

        // The rest differ by a slip or a number that was not verified, and wait for a decision.
        Assert.True(together > numbered.Length / 2, $"only {together} of {numbered.Length} residents are one person");
    }

    /// <summary>A client is an account too, and one of the demonstration is called gp.</summary>
    private static string SourceOf(string system) => "borough-" + system;

    // source,local_id,patient_key,nhs_number_sent,person,household,twin_of,duplicate,confused
    private static (Guid Patient, string Resident, bool Numbered) Registration(string[] cells) =>
        (PatientId.Of(new SourceId(SourceOf(cells[0])), cells[2]).Value, cells[4], cells[3].Length > 0 && cells[8] == "0");

    private static async Task<SimulationProgress> SendAsync(RunningServer server, string truth)
    {
        Dictionary<string, string> tokens = [];
        foreach (SourceSystem system in SourceSystem.All.Where(system => system.SendsFhir))
        {
            TokenOutcome token = await server.Rooms.GetRequiredService<ClientTokens>().IssueAsync(SourceOf(system.Code), Role.SystemClient, 1, CancellationToken.None);
            tokens[system.Code] = Assert.IsType<TokenOutcome.Issued>(token).Token;
        }

        return await Simulation.RunAsync(
            new SimulationOptions
            {
                Residents = Residents,
                AsOf = new DateOnly(2026, 1, 31),
                MllpHost = "127.0.0.1",
                MllpPort = server.Rooms.GetRequiredService<MllpService>().Ports[0],
                FhirUrl = new Uri(server.Client.BaseAddress!, "fhir"),
                FhirTokens = tokens,
                TruthFile = truth,
            },
            new Progress<SimulationProgress>(),
            TestContext.Current.CancellationToken);
    }

    private static async Task DrainAsync(RunningServer server)
    {
        for (int i = 0; Query(server, "SELECT count(*) FROM message WHERE state = 0", row => row.Long(0))[0] > 0; i++)
        {
            Assert.True(i < 3000, string.Create(CultureInfo.InvariantCulture, $"Messages still wait after {i} looks."));
            await Task.Delay(20);
        }
    }

    private static List<T> Query<T>(RunningServer server, string sql, Func<Row, T> read)
    {
        using Session session = server.Rooms.GetRequiredService<RecordDatabase>().Open();
        return session.Query(sql, read);
    }
}
