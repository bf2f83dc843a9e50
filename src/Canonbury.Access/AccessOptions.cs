using System.ComponentModel.DataAnnotations;

namespace Canonbury.Access;

/// <summary>Who may sign in and for how long, and how the audit is kept. Section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>How large one file of the audit journal grows before the next begins, in MiB.</summary>
    [Range(1, 1024)]
    public int JournalMiB { get; set; } = 64;

    /// <summary>True where an answer waits until its audit entry is in the database, not only in the journal.</summary>
    public bool StrictAudit { get; set; }

    /// <summary>How long a grant allows reading, in minutes.</summary>
    [Range(1, 60)]
    public int GrantMinutes { get; set; } = 15;

    /// <summary>After how many minutes without a request a session ends.</summary>
    [Range(1, 720)]
    public int SessionIdleMinutes { get; set; } = 20;

    /// <summary>After how many hours a session ends in any case.</summary>
    [Range(1, 24)]
    public int SessionHours { get; set; } = 10;

    /// <summary>How many wrong passwords in a row lock an account.</summary>
    [Range(3, 20)]
    public int SignInAttempts { get; set; } = 5;

    /// <summary>For how many minutes an account is locked.</summary>
    [Range(1, 1440)]
    public int LockMinutes { get; set; } = 15;

    /// <summary>True where the demonstration accounts can sign in. Never with real people's data.</summary>
    public bool DemoAccounts { get; set; }
}
