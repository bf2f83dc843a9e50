using System.Collections;

namespace Canonbury.Fhir.Cards;

/// <summary>One number of several: what it is, as sent, and its unit as <see cref="Card.Unit"/> and <see cref="Card.UnitCode"/> have it.</summary>
public sealed record CardPart(string Title, decimal Value, string? Comparator, string? Unit, string? UnitCode);

/// <summary>The parts of a card, equal where each of them is, so that cards can be compared.</summary>
public sealed class CardParts(IEnumerable<CardPart> parts) : IReadOnlyList<CardPart>, IEquatable<CardParts>
{
    public static readonly CardParts None = new([]);

    private readonly CardPart[] all = [.. parts];

    public int Count => all.Length;

    public CardPart this[int index] => all[index];

    public IEnumerator<CardPart> GetEnumerator() => ((IEnumerable<CardPart>)all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => all.GetEnumerator();

    public bool Equals(CardParts? other) => other is not null && all.SequenceEqual(other.all);

    public override bool Equals(object? obj) => Equals(obj as CardParts);

    public override int GetHashCode() => all.Length == 0 ? 0 : HashCode.Combine(all.Length, all[0]);
}
