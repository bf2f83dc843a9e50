namespace Canonbury.Server.Api;

/// <summary>
/// FHIR batch: each entry is a request of its own, and fails alone. They are done in the order of a transaction, those of one method side by side, so
/// that their writes are committed together. https://hl7.org/fhir/R4/http.html#brules
/// </summary>
internal static class Batch
{
    /// <summary>How many entries are under way at a time.</summary>
    private const int SideBySide = 64;

    public static async Task<FhirAnswer> AnswerAsync(IReadOnlyList<EntryCall> entries)
    {
        FhirAnswer[] answers = new FhirAnswer[entries.Count];
        foreach (IGrouping<int, EntryCall> turn in entries.GroupBy(Turn).OrderBy(turn => turn.Key))
        {
            foreach (EntryCall[] some in turn.Chunk(SideBySide))
            {
                FhirAnswer[] answered = await Task.WhenAll(some.Select(AnswerAsync));
                for (int i = 0; i < some.Length; i++)
                {
                    answers[some[i].Call.Entry!.Index] = answered[i];
                }
            }
        }

        return ResponseBundle.Of("batch-response", entries, answers);
    }

    /// <summary>What is asked, outside of a transaction.</summary>
    public static Task<FhirAnswer> AnswerAsync(EntryCall entry) => entry.Route is { } route
        ? FhirCall.TryAsync(entry.Call.Context, () => route.Interaction(entry.Call))
        : Task.FromResult(FhirAnswer.Of(entry.Problem!));

    // http.html#trules
    private static int Turn(EntryCall entry) => entry.Call.Context.Request.Method switch
    {
        "DELETE" => 0,
        "POST" => 1,
        "PUT" => 2,
        "PATCH" => 3,
        _ => 4,
    };
}
