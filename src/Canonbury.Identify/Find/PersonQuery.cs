using Canonbury.Fhir.Ids;

namespace Canonbury.Identify.Find;

/// <summary>What a professional types to find a person. At least one of the fields is given.</summary>
/// <param name="Text">Name in any order, NHS number or hospital number, as typed.</param>
/// <param name="BirthDate">ISO date.</param>
public sealed record PersonQuery(string? Text, DateOnly? BirthDate, int Limit = PersonQuery.Most)
{
    /// <summary>How many people a list of hits shows.</summary>
    public const int Most = 20;
}

/// <summary>One person found, with what is needed to tell people apart; masked as the grant says.</summary>
/// <param name="NhsNumber">Ten digits, or null.</param>
/// <param name="LocalIds">Hospital and other local numbers, each with its source.</param>
public sealed record PersonHit(
    PersonId Person,
    string Name,
    DateOnly? BirthDate,
    string? Gender,
    string? NhsNumber,
    bool NhsNumberVerified,
    string? AddressLine,
    string? Postcode,
    bool Deceased,
    IReadOnlyList<(SourceId Source, string LocalId)> LocalIds,
    double Score)
{
    /// <summary>Other names of the person in linked sources.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>The patients that are this person: the audit names them.</summary>
    public IReadOnlyList<PatientId> Patients { get; init; } = [];
}
