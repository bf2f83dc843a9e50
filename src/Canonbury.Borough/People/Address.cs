namespace Canonbury.Borough.People;

/// <summary>An address in streets that do not exist.</summary>
public sealed record Address(string Line1, string Line2, string City, string Postcode);
