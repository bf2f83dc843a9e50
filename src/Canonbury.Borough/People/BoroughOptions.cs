namespace Canonbury.Borough.People;

/// <summary>What borough to make.</summary>
/// <param name="Residents">How many people; 206,000 is the borough itself.</param>
/// <param name="Seed">The same seed always makes the same people with the same histories.</param>
/// <param name="AsOf">The last day of the histories.</param>
public sealed record BoroughOptions(long Residents, ulong Seed, DateOnly AsOf);
