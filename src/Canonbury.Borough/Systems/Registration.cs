using Canonbury.Borough.People;

namespace Canonbury.Borough.Systems;

/// <summary>A person as one system has them: with its own id, and with its mistakes.</summary>
public sealed record Registration
{
    internal const char DuplicateMark = 'D';

    public required SourceSystem System { get; init; }

    public required string LocalId { get; init; }

    /// <summary>What a receiver keys the patient by: authority and id of PID-3, or the id of the FHIR Patient.</summary>
    public string PatientKey => System.SendsFhir ? LocalId : $"{System.Authority}|{LocalId}";

    /// <summary>As this system sends it: missing, another person's, or not valid in a few cases.</summary>
    public string? NhsNumber { get; init; }

    /// <summary>Traced against the national index (PID-32, verification status 01).</summary>
    public bool NhsNumberVerified { get; init; }

    public required string Title { get; init; }

    public required string Given { get; init; }

    public string? Middle { get; init; }

    public required string Family { get; init; }

    public required DateOnly? Born { get; init; }

    public required bool? Female { get; init; }

    public required Address? Address { get; init; }

    public string? Phone { get; init; }

    public string? Mobile { get; init; }

    public string? Email { get; init; }

    public string? EthnicCategory { get; init; }

    public DateOnly? Died { get; init; }

    public bool Sensitive { get; init; }

    public required Practice Practice { get; init; }

    public required Clinician Doctor { get; init; }

    /// <summary>When this system first met the person.</summary>
    public required DateTime Since { get; init; }

    /// <summary>A second registration of the same person in the same system, which a merge retires later.</summary>
    public bool IsDuplicate { get; init; }
}
