using Canonbury.Fhir.Grants;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;

namespace Canonbury.Server.Web.Pages.Operations;

/// <summary>One feed as operations sees it.</summary>
/// <param name="PerMinute">Messages a minute over the last hour; null where it is not known yet.</param>
/// <param name="Waiting">Messages that are stored and not yet in the record.</param>
/// <param name="Alarms">How often a control id came again with other bytes.</param>
public sealed record FeedRow(
    string Feed, SourceStanding Source, long Received, double? PerMinute, long Waiting, long DeadLetters, long Alarms);

/// <summary>One message that could not be used: where it came from and why, never what it says.</summary>
public sealed record DeadLetterRow(
    string Key, string Source, string Feed, string? Event, DateTimeOffset ReceivedAt, int Attempts, string? Path, string? Code,
    string? Reason);

/// <summary>One field that carried values which no map used (A11).</summary>
public sealed record UnmappedRow(string Source, string Event, string Path, long Occurrences, long Messages);

/// <summary>A message or patient that is held back because two people may be mixed (B6); names nobody.</summary>
public sealed record QuarantineRow(string Source, string Reason, DateTimeOffset Since, int Messages);

public delegate Task<IReadOnlyList<FeedRow>> ListFeeds(AccessGrant grant, CancellationToken cancellation);

/// <summary>The oldest first, at most as many as a page shows.</summary>
public delegate Task<IReadOnlyList<DeadLetterRow>> ListDeadLetters(AccessGrant grant, int most, CancellationToken cancellation);

/// <summary>Puts dead letters back into the queue; says how many.</summary>
/// <param name="keys">Which; null for all.</param>
public delegate Task<int> ReplayDeadLetters(AccessGrant grant, IReadOnlyList<string>? keys, CancellationToken cancellation);

public delegate Task<IReadOnlyList<UnmappedRow>> ListUnmapped(AccessGrant grant, CancellationToken cancellation);

public delegate Task<IReadOnlyList<QuarantineRow>> ListQuarantine(AccessGrant grant, CancellationToken cancellation);
