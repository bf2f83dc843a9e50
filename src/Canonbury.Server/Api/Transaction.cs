using Canonbury.Fhir.Problems;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR transaction: all writes in one commit, then the reads. No two writes are about one resource, so that their order does not show.
/// https://hl7.org/fhir/R4/http.html#trules
/// </summary>
internal static class Transaction
{
    public static async Task<FhirAnswer> AnswerAsync(FhirCall call, IReadOnlyList<EntryCall> entries)
    {
        if (EntryElements.Combined(entries.Select(entry => (entry.Call, entry.Problem))) is { } refused)
        {
            return FhirAnswer.Of(refused);
        }

        List<EntryCall> writes = [.. entries.Where(entry => entry.Route!.Plan is not null)];
        List<EntryCall> reads = [.. entries.Except(writes)];
        if (await RefusedReadAsync(reads, writes) is { } unread)
        {
            return FhirAnswer.Of(unread);
        }

        FhirAnswer[] answers = new FhirAnswer[entries.Count];
        if (writes.Count > 0)
        {
            (IReadOnlyList<FhirAnswer> written, Problem? problem) =
                await Writes.AllAsync(call, [.. writes.Select(write => (write.Call, write.Route!.Plan!))], isTransaction: true);
            if (problem is not null)
            {
                return FhirAnswer.Of(problem);
            }

            for (int i = 0; i < writes.Count; i++)
            {
                answers[writes[i].Call.Entry!.Index] = written[i];
            }
        }

        foreach ((EntryCall read, FhirAnswer answer) in reads.Zip(await Batch.ReadAsync(reads)))
        {
            answers[read.Call.Entry!.Index] = answer;
        }

        return ResponseBundle.Of("transaction-response", entries, answers);
    }

    /// <summary>
    /// A read that fails refuses the whole before anything is written, since what is written cannot be taken back when the reads come. A read of
    /// what the transaction itself writes succeeds once it is written.
    /// </summary>
    private static async Task<Problem?> RefusedReadAsync(IReadOnlyList<EntryCall> reads, IReadOnlyList<EntryCall> writes)
    {
        HashSet<string> written = [.. writes.Where(write => write.Call.Context.Request.Method == HttpMethods.Put).Select(PathOf)];
        HashSet<string> deleted = [.. writes.Where(write => write.Call.Context.Request.Method == HttpMethods.Delete).Select(PathOf)];
        List<EntryCall> before = [.. reads.Where(read => !written.Contains(PathOf(read)))];
        return EntryElements.Combined(before.Zip(
            await Batch.ReadAsync(before),
            (read, answer) => (read.Call, deleted.Contains(PathOf(read)) ? Problem.Gone(read.Call.Type) : answer.Problem)));
    }

    private static string PathOf(EntryCall entry) => entry.Call.Context.Request.Path.Value ?? "";
}
