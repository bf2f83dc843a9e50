using System.Text;
using System.Text.Json;

namespace Canonbury.Benchmarks.Api;

/// <summary>Fills the server by transactions and keeps what it answered: which patients and observations there are now.</summary>
internal sealed class ApiFilling
{
    private readonly Lock gate = new();

    /// <summary>Ids of patients with their numbers.</summary>
    public List<(string Id, int Number)> Patients { get; } = [];

    /// <summary>Type and id of every resource.</summary>
    public List<string> Resources { get; } = [];

    /// <summary>Sends the transactions over eight connections.</summary>
    public void Fill(Uri address, Requests requests, int patients)
    {
        int next = -1;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            using HttpConnection connection = new(address);
            for (int first; (first = Interlocked.Increment(ref next) * Transactions.PatientsEach) < patients;)
            {
                int status = connection.Exchange(requests.Post("/fhir", Transactions.Bundle(first)));
                Keep(status == 200 ? connection.Body : throw new InvalidDataException($"{status}: {Encoding.UTF8.GetString(connection.Body)}"), first);
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    private void Keep(ReadOnlySpan<byte> answer, int first)
    {
        Utf8JsonReader reader = new(answer);
        using JsonDocument bundle = JsonDocument.ParseValue(ref reader);
        lock (gate)
        {
            foreach (JsonElement entry in bundle.RootElement.GetProperty("entry").EnumerateArray())
            {
                string location = entry.GetProperty("response").GetProperty("location").GetString()!;
                string[] parts = location.Split("/_history/")[0].Split('/');
                Resources.Add($"{parts[^2]}/{parts[^1]}");
                if (parts[^2] == "Patient")
                {
                    Patients.Add((parts[^1], first++));
                }
            }
        }
    }
}
