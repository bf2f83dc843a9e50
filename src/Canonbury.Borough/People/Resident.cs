namespace Canonbury.Borough.People;

/// <summary>Who lives at one address.</summary>
public enum HouseholdKind
{
    OnePerson,
    Couple,
    Family,
    SingleParent,
    FlatShare,
    OlderCouple,
    OneOlderPerson,
    CareHome,
}

/// <summary>One human being of the borough, as they really are; what each system believes is a <see cref="Systems.Registration"/>.</summary>
public sealed record Resident
{
    /// <summary>From 1, in the order of creation: the truth that names a person.</summary>
    public required long Number { get; init; }

    public required long Household { get; init; }

    public required HouseholdKind HouseholdKind { get; init; }

    /// <summary>Null for the few who never had one, and for everyone after the 999 range has run out.</summary>
    public required string? NhsNumber { get; init; }

    public required bool Female { get; init; }

    public required DateOnly Born { get; init; }

    public DateOnly? Died { get; init; }

    public required string Title { get; init; }

    public required string Given { get; init; }

    public string? Middle { get; init; }

    public required string Family { get; init; }

    /// <summary>The family name before <see cref="NameChangedOn"/>.</summary>
    public string? FormerFamily { get; init; }

    public DateOnly? NameChangedOn { get; init; }

    public required Names.Origin Origin { get; init; }

    /// <summary>NHS data dictionary, ETHNIC CATEGORY: one letter, Z for not stated.</summary>
    public required string EthnicCategory { get; init; }

    public required Address Address { get; init; }

    public Address? FormerAddress { get; init; }

    public DateOnly? MovedOn { get; init; }

    public required Practice Practice { get; init; }

    public required Clinician Doctor { get; init; }

    public string? Phone { get; init; }

    public string? Mobile { get; init; }

    public string? Email { get; init; }

    /// <summary>The S flag: where this person is must not be shown (threatened, adopted, protected).</summary>
    public bool Sensitive { get; init; }

    /// <summary>The number of the twin born on the same day in the same household.</summary>
    public long? TwinOf { get; init; }

    /// <summary>Another resident's NHS number, which one system wrongly holds for this person.</summary>
    public string? ConfusedNhsNumber { get; init; }

    public int AgeOn(DateOnly day)
    {
        int years = day.Year - Born.Year;
        return day < Born.AddYears(years) ? years - 1 : years;
    }
}
