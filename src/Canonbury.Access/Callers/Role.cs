namespace Canonbury.Access.Callers;

/// <summary>What a caller does, as the account says (feature F7: never what a page says).</summary>
public enum Role
{
    GeneralPractitioner,
    WardNurse,
    SocialWorker,

    /// <summary>Compares identities and decides links; sees demographics only.</summary>
    DataSteward,

    /// <summary>Runs feeds and dead letters; sees no record.</summary>
    OperationsStaff,

    /// <summary>A person who reads the own record.</summary>
    Resident,

    /// <summary>A program that sends and reads its own source's resources.</summary>
    SystemClient,

    /// <summary>A program whose purpose is the shared record: it reads every source's resources, and sends its own source's.</summary>
    RecordClient,
}

/// <summary>The kinds of caller that pages and the audit tell apart.</summary>
public enum CallerKind
{
    Professional,
    Steward,
    Operations,
    Resident,
    SystemClient,
}
