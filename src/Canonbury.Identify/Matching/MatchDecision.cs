namespace Canonbury.Identify.Matching;

/// <summary>What matching decides about one patient and the person that its NHS number stands for: a closed set.</summary>
/// <param name="Reason">In words, without identifiers.</param>
public abstract record MatchDecision(string Reason)
{
    /// <summary>The patient is this person, surely enough to link without asking anyone.</summary>
    public sealed record SamePerson(double Score, string Reason) : MatchDecision(Reason);

    /// <summary>The patient may be this person: it stays apart until someone decides.</summary>
    public sealed record PossiblyOneOf(double Score, string Reason) : MatchDecision(Reason);

    /// <summary>The patient claims to be this person and cannot be: it is held back before anyone sees the two mixed (feature B6).</summary>
    public sealed record Conflict(double Score, string Reason) : MatchDecision(Reason);

    public sealed record NewPerson(string Reason) : MatchDecision(Reason);
}
