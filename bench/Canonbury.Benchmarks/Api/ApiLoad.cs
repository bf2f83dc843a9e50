using System.Globalization;

namespace Canonbury.Benchmarks.Api;

/// <summary>
/// The FHIR API from outside: a real server of its own process, 1,000 patients of 50 resources each that came in by transactions, kept-alive
/// connections with one request at a time on each, everything durable and audited.
/// </summary>
internal static class ApiLoad
{
    private const string Client = "bench-client";
    private const int Patients = 1_000;
    private const int Creates = 30_000;

    public static async Task<int> RunAsync(string target, string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        string[] only = args.Length > 1 ? args[1].Split(',') : [];
        int[] widths = args.Length > 2 ? [.. args[2].Split(',').Select(width => int.Parse(width, CultureInfo.InvariantCulture))] : [16, 64];
        using ServerProcess server = await ServerProcess.StartAsync(target);
        Requests requests = new(server.Address, await server.TokenAsync(Client));
        ApiFilling filling = new();
        filling.Fill(server.Address, requests, Patients);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{filling.Resources.Count} resources; the server's process is {server.Id}\n\n{Disk.Report(target, filling.Resources.Count)}"));

        Console.WriteLine(LoadRun.Header);
        int used = Patients;
        foreach (int connections in widths)
        {
            foreach (Interaction interaction in All(requests, filling, used).Where(one => only.Length == 0 || only.Any(name => one.Name.Contains(name, StringComparison.Ordinal))))
            {
                Console.WriteLine(new LoadRun(server, interaction, connections).Run(seconds, warming: seconds / 4));
            }

            used += 2 * Creates;
        }

        return 0;
    }

    /// <param name="first">The number of the first patient that is not there yet.</param>
    private static IEnumerable<Interaction> All(Requests requests, ApiFilling filling, int first)
    {
        Random random = new(first);
        string[] ids = [.. filling.Resources];
        random.Shuffle(ids);
        yield return new Interaction("nothing (404)", [requests.Get("/fhir/nothing/is/here")], 404);
        yield return new Interaction("read", [.. ids.Select(id => requests.Get("/fhir/" + id))], 200, Proof: "\"resourceType\"");
        yield return new Interaction(
            "search Patient by identifier",
            [.. filling.Patients.Select(patient => requests.Get($"/fhir/Patient?identifier={MadeUpResources.NhsNumberSystem}|{MadeUpResources.NhsNumber(patient.Number)}"))],
            200, Proof: "\"fullUrl\"");
        yield return new Interaction(
            "search Observation by patient and code",
            [.. filling.Patients.SelectMany(patient => Enumerable.Range(0, 10).Select(test =>
                requests.Get($"/fhir/Observation?patient={patient.Id}&code={MadeUpResources.Loinc}|{MadeUpResources.CodeOfTest(test)}")))],
            200, Proof: "\"fullUrl\"");
        yield return new Interaction(
            "$everything of 50 resources", [.. filling.Patients.Select(patient => requests.Get($"/fhir/Patient/{patient.Id}/$everything?_count=100"))],
            200, Proof: "\"fullUrl\"")
        { Resources = Transactions.ResourcesEach };
        yield return new Interaction(
            "create Observation",
            [.. Enumerable.Range(0, Creates).Select(number =>
                requests.Post("/fhir/Observation", MadeUpResources.Observation($"Patient/{filling.Patients[number % filling.Patients.Count].Id}", number, random)))],
            201, Once: true);
        yield return new Interaction(
            "create Patient", [.. Enumerable.Range(first, Creates).Select(number => requests.Post("/fhir/Patient", MadeUpResources.Patient(number)))], 201, Once: true);
        yield return new Interaction(
            "transaction of 100",
            [.. Enumerable.Range(0, 1_500).Select(number => requests.Post("/fhir", Transactions.Bundle(first + Creates + (number * Transactions.PatientsEach))))],
            200, Once: true)
        { Resources = Transactions.PatientsEach * Transactions.ResourcesEach };
    }
}
