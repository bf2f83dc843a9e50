using System.ComponentModel.DataAnnotations;

namespace Canonbury.Access;

/// <summary>Settings of the room, in the section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    public const string SectionName = "Access";

    /// <summary>The folder of the audit journal; it must survive a restart of the process.</summary>
    [Required(ErrorMessage = "Access:JournalFolder is empty: name the folder in which the audit journal is kept.")]
    public string JournalFolder { get; set; } = "data/audit";

    /// <summary>How large one journal file grows before the next begins, in megabytes.</summary>
    [Range(1, 1024, ErrorMessage = "Access:JournalMegabytes must be between 1 and 1024.")]
    public int JournalMegabytes { get; set; } = 64;

    /// <summary>True where an answer waits until its audit entry is in the database, not only in the journal.</summary>
    public bool StrictAudit { get; set; }

    /// <summary>How long a grant allows reading, in minutes.</summary>
    [Range(1, 60, ErrorMessage = "Access:GrantMinutes must be between 1 and 60.")]
    public int GrantMinutes { get; set; } = 15;

    /// <summary>After how many minutes without a request a session ends.</summary>
    [Range(1, 720, ErrorMessage = "Access:SessionIdleMinutes must be between 1 and 720.")]
    public int SessionIdleMinutes { get; set; } = 20;

    /// <summary>After how many hours a session ends in any case.</summary>
    [Range(1, 24, ErrorMessage = "Access:SessionHours must be between 1 and 24.")]
    public int SessionHours { get; set; } = 10;

    /// <summary>How many wrong passwords in a row lock an account.</summary>
    [Range(3, 20, ErrorMessage = "Access:SignInAttempts must be between 3 and 20.")]
    public int SignInAttempts { get; set; } = 5;

    /// <summary>For how many minutes an account is locked.</summary>
    [Range(1, 1440, ErrorMessage = "Access:LockMinutes must be between 1 and 1440.")]
    public int LockMinutes { get; set; } = 15;

    /// <summary>True where the demonstration accounts exist. Never with real people's data.</summary>
    public bool DemoAccounts { get; set; }
}
