using System.Text;

namespace Canonbury.Benchmarks.Api;

/// <summary>Transactions of 100 resources: two patients with everything that is about them.</summary>
internal static class Transactions
{
    public const int PatientsEach = 2;
    public const int ResourcesEach = 50;

    private const int Observations = 28;

    /// <param name="first">The number of the first of its patients.</param>
    public static string Bundle(int first)
    {
        Random random = new(first);
        StringBuilder bundle = new("""{"resourceType":"Bundle","type":"transaction","entry":[""", 100_000);
        for (int patient = first; patient < first + PatientsEach; patient++)
        {
            string url = $"urn:uuid:{Guid.NewGuid():D}";
            Add(bundle, "Patient", url, MadeUpResources.Patient(patient));
            for (int i = 1; i < ResourcesEach; i++)
            {
                string resource = i <= Observations ? MadeUpResources.Observation(url, i, random) : MadeUpResources.Other(url, i, random);
                Add(bundle, resource["{\"resourceType\":\"".Length..resource.IndexOf('"', "{\"resourceType\":\"".Length)], $"urn:uuid:{Guid.NewGuid():D}", resource);
            }
        }

        bundle.Length--;
        return bundle.Append("]}").ToString();
    }

    private static void Add(StringBuilder bundle, string type, string url, string resource) =>
        bundle.Append($$$"""{"fullUrl":"{{{url}}}","resource":{{{resource}}},"request":{"method":"POST","url":"{{{type}}}"}},""");
}
