using Canonbury.Fhir.Problems;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR batch: each entry is a request of its own, and fails alone. They are done in the order of a transaction, those of one method side by side, so
/// that their writes are committed together. https://hl7.org/fhir/R4/http.html#brules
/// </summary>
internal static class Batch
{
    /// <summary>How many writes are under way at a time.</summary>
    private const int SideBySide = 64;

    /// <summary>How much the reads of one bundle may answer, in bytes: thousands of entries may each ask for a large page.</summary>
    private const long MostRead = 64 * 1024 * 1024;

    private const int Reads = 4;

    private static readonly Problem TooMuch = new(
        ProblemKind.TooCostly, "answer-too-large", "What the reads of the bundle answer together is more than this server gives at once; ask for less of them.");

    public static async Task<FhirAnswer> AnswerAsync(IReadOnlyList<EntryCall> entries)
    {
        FhirAnswer[] answers = new FhirAnswer[entries.Count];
        ILookup<int, EntryCall> turns = entries.ToLookup(Turn);
        foreach (EntryCall[] some in Enumerable.Range(0, Reads).SelectMany(turn => turns[turn].Chunk(SideBySide)))
        {
            FhirAnswer[] answered = await Task.WhenAll(some.Select(AnswerAsync));
            foreach ((EntryCall entry, FhirAnswer answer) in some.Zip(answered))
            {
                answers[entry.Call.Entry!.Index] = answer;
            }
        }

        foreach ((EntryCall entry, FhirAnswer answer) in turns[Reads].Zip(await ReadAsync([.. turns[Reads]])))
        {
            answers[entry.Call.Entry!.Index] = answer;
        }

        return ResponseBundle.Of("batch-response", entries, answers);
    }

    /// <summary>What reads answer, one after the other: once they have answered too much together, the others are refused.</summary>
    public static async Task<IReadOnlyList<FhirAnswer>> ReadAsync(IReadOnlyList<EntryCall> reads)
    {
        long read = 0;
        List<FhirAnswer> answers = [];
        foreach (EntryCall entry in reads)
        {
            FhirAnswer answer = read > MostRead ? FhirAnswer.Of(TooMuch) : await AnswerAsync(entry);
            read += answer.Json.Length;
            answers.Add(answer);
        }

        return answers;
    }

    /// <summary>What is asked, outside of a transaction.</summary>
    private static Task<FhirAnswer> AnswerAsync(EntryCall entry) => entry.Route is { } route
        ? FhirCall.TryAsync(entry.Call.Context, () => route.Interaction(entry.Call))
        : Task.FromResult(FhirAnswer.Of(entry.Problem!));

    // http.html#trules
    private static int Turn(EntryCall entry) => entry.Call.Context.Request.Method switch
    {
        "DELETE" => 0,
        "POST" => 1,
        "PUT" => 2,
        "PATCH" => 3,
        _ => Reads,
    };
}
