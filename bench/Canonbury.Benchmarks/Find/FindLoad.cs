using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Canonbury.Borough.People;
using Canonbury.Database;
using Canonbury.Database.Migrations;
using Canonbury.Fhir.Grants;
using Canonbury.Identify.Find;
using Microsoft.Extensions.Logging.Abstractions;

namespace Canonbury.Benchmarks.Find;

/// <summary>How long finding a person takes among the whole borough, each known to three sources, and how often the right one comes first.</summary>
internal static class FindLoad
{
    public static async Task<int> RunAsync(string[] args)
    {
        int people = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 206_000;
        int queries = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5000;
        bool isPostgres = args[0].Contains("Host=", StringComparison.OrdinalIgnoreCase);
        DatabaseOptions options = new() { Folder = isPostgres ? Path.GetTempPath() : args[0], PostgreSql = isPostgres ? args[0] : null };
        using RecordDatabase database = new(Microsoft.Extensions.Options.Options.Create(options));
        new Migrator(database, NullLogger<Migrator>.Instance).Migrate();

        List<Resident> residents = [.. SyntheticBorough.Create(new BoroughOptions(people, 7, new DateOnly(2026, 6, 30))).Residents()];
        using (Session session = database.Open())
        {
            if (session.Query("SELECT 1 FROM find_name LIMIT 1", row => row.Int(0)).Count == 0)
            {
                Stopwatch filling = Stopwatch.StartNew();
                FindFilling.Fill(session, residents);
                Console.WriteLine($"Filled with {people} people, three patients each, in {filling.Elapsed.TotalSeconds:0} s");
            }
        }

        PersonFinder finder = new(database);
        AccessGrant grant = (AccessGrant)Activator.CreateInstance(typeof(AccessGrant), BindingFlags.Instance | BindingFlags.NonPublic, null,
            [Guid.NewGuid(), GrantScope.Find, null, null, "bench", "bench", null, null, DateTimeOffset.MaxValue], null)!;
        Random random = new(11);
        Dictionary<string, (List<double> Times, int First, int Among)> results = [];
        for (int i = -queries / 10; i < queries; i++)
        {
            Resident resident = residents[random.Next(residents.Count)];
            (string kind, PersonQuery query) = FindQueries.Make(resident, random);
            long start = Stopwatch.GetTimestamp();
            IReadOnlyList<PersonHit> hits = await finder.FindAsync(grant, query, CancellationToken.None);
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (i < 0)
            {
                continue;
            }

            (List<double> times, int first, int among) = results.TryGetValue(kind, out (List<double>, int, int) known) ? known : ([], 0, 0);
            times.Add(milliseconds);
            int rank = hits.ToList().FindIndex(hit => hit.Person == FindFilling.PersonOf(resident));
            results[kind] = (times, first + (rank == 0 ? 1 : 0), among + (rank >= 0 ? 1 : 0));
        }

        Console.WriteLine("| query | n | p50 ms | p95 ms | p99 ms | max ms | first, among the hits |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---|");
        foreach ((string kind, (List<double> times, int first, int among)) in results.OrderBy(result => result.Key, StringComparer.Ordinal))
        {
            Console.WriteLine(Percentiles.Line(kind, times, $"{100.0 * first / times.Count:0} %, {100.0 * among / times.Count:0} %"));
        }

        Console.WriteLine(Percentiles.Line("all", [.. results.Values.SelectMany(result => result.Times)]));
        return 0;
    }
}
