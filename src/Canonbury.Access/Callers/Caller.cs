using Canonbury.Fhir.Ids;

namespace Canonbury.Access.Callers;

/// <summary>Where a caller works: an ODS code or a local code, and its name.</summary>
public sealed record Organisation(string Code, string Name);

/// <summary>
/// Who asks. Made by this room only, from a stored account, session or token (feature F7), so that no page can name a role.
/// </summary>
public sealed record Caller
{
    internal Caller()
    {
    }

    /// <summary>The name of the account or client, unique and lower case.</summary>
    public required string Account { get; init; }

    public required string DisplayName { get; init; }

    public required Role Role { get; init; }

    public required Organisation Organisation { get; init; }

    /// <summary>The patient that a resident is; the person is found through the links each time (design, rule 3).</summary>
    public PatientId? Self { get; init; }

    /// <summary>The source whose resources a system client owns.</summary>
    public SourceId? Source { get; init; }

    public CallerKind Kind => Role switch
    {
        Role.GeneralPractitioner or Role.WardNurse or Role.SocialWorker => CallerKind.Professional,
        Role.DataSteward => CallerKind.Steward,
        Role.OperationsStaff => CallerKind.Operations,
        Role.Resident => CallerKind.Resident,
        Role.SystemClient or Role.RecordClient => CallerKind.SystemClient,
        _ => throw new InvalidOperationException($"The role {Role} has no kind."),
    };
}
