using Canonbury.Borough.Bundles;
using Canonbury.Borough.People;
using Canonbury.Borough.Sending;
using Canonbury.Borough.Systems;
using Canonbury.Fhir.Json;
using Hl7.Fhir.Model;

namespace Canonbury.Benchmarks.Dictionaries;

/// <summary>What the systems of a synthetic borough send, and what would be stored of it. The same seed gives the same bytes.</summary>
internal sealed class BoroughSamples
{
    private const int MixedMessages = 2_000;

    private readonly List<Sample> messages = [];
    private readonly List<Sample> resources = [];

    private BoroughSamples()
    {
    }

    /// <summary>HL7 v2 messages as they were received.</summary>
    public IReadOnlyList<Sample> Messages => messages;

    /// <summary>FHIR JSON, of the messages and of the bundles.</summary>
    public IReadOnlyList<Sample> Resources => resources;

    public static BoroughSamples Of(ulong seed, int people)
    {
        BoroughOptions options = new(people, seed, new DateOnly(2026, 6, 30));
        BoroughSamples samples = new();
        StoredResources stored = new(seed);
        foreach (SourceEvent sent in Events(options))
        {
            if (!sent.System.SendsFhir)
            {
                samples.messages.Add(new Sample(sent.Kind, sent.Payload.ToArray()));
            }

            foreach (Resource resource in stored.Of(sent))
            {
                samples.resources.Add(new Sample(resource.TypeName, FhirJson.ToUtf8(resource)));
            }
        }

        return samples;
    }

    private static IEnumerable<SourceEvent> Events(BoroughOptions options) =>
        SourceSystem.All.Where(system => system.SendsFhir).Select(system => Registers.Of(system, options.AsOf.ToDateTime(new TimeOnly(6, 0))))
            .Concat(SyntheticBorough.Create(options).Residents().SelectMany(resident => History.Of(resident, options)))
            .Concat(new LoadMix(options).Messages().Take(MixedMessages));
}
