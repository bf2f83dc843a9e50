namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// Messages that say nothing about a person that a record could hold: refused by name, so that they are seen and not guessed at.
/// </summary>
internal static class NotUsed
{
    public static readonly IReadOnlyList<SegmentMap> Acknowledgement =
        [Refusal("An acknowledgement answers a message; it says nothing about a person.")];

    public static readonly IReadOnlyList<SegmentMap> Query =
        [Refusal("A query asks about a person; it says nothing.")];

    /// <summary>
    /// The answer to a query is what another system copied from its sources, about one person or many: only the sources speak here.
    /// </summary>
    public static readonly IReadOnlyList<SegmentMap> QueryAnswer =
        [Refusal("The answer to a query repeats what other systems hold; only a source speaks for its patients.")];

    public static readonly IReadOnlyList<SegmentMap> MasterFile =
        [Refusal("A master file message is about staff, places or codes, not about a person.")];

    private static SegmentMap Refusal(string words) => _ => throw new UntranslatableException("MSH-9", "message-type-not-used", words);
}
