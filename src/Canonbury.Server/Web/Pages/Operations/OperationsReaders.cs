using Canonbury.Fhir.Grants;
using Canonbury.Identify.Links;
using Canonbury.Intake.Inbox;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;

namespace Canonbury.Server.Web.Pages.Operations;

/// <summary>One feed as operations sees it.</summary>
/// <param name="PerMinute">Messages a minute over the last hour; null where it is not known yet.</param>
/// <param name="Waiting">Messages that are stored and not yet in the record.</param>
/// <param name="Alarms">How often a control id came again with other bytes.</param>
public sealed record FeedRow(
    string Feed, SourceStanding Source, long Received, double? PerMinute, long Waiting, long DeadLetters, long Alarms);

public delegate Task<IReadOnlyList<FeedRow>> ListFeeds(AccessGrant grant, CancellationToken cancellation);

/// <summary>The oldest first, at most as many as a page shows.</summary>
public delegate Task<IReadOnlyList<DeadLetter>> ListDeadLetters(AccessGrant grant, int most, CancellationToken cancellation);

/// <summary>Puts dead letters back into the queue; says how many.</summary>
/// <param name="keys">Which; null for all.</param>
public delegate Task<int> ReplayDeadLetters(AccessGrant grant, IReadOnlyList<string>? keys, CancellationToken cancellation);

public delegate Task<IReadOnlyList<UnmappedCount>> ListUnmapped(AccessGrant grant, CancellationToken cancellation);

/// <summary>What was wrong and stopped nothing, the most frequent first.</summary>
public delegate Task<IReadOnlyList<FindingCount>> ListFindings(AccessGrant grant, CancellationToken cancellation);

public delegate Task<IReadOnlyList<QuarantinedPatient>> ListQuarantine(AccessGrant grant, CancellationToken cancellation);
