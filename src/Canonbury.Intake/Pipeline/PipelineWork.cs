using Canonbury.Fhir.Statements;
using Canonbury.Intake.Inbox;
using Canonbury.Record.Writing;
using Canonbury.Translate;
using Hl7.Fhir.Model;
using Provenance = Canonbury.Record.Writing.Provenance;

namespace Canonbury.Intake.Pipeline;

/// <summary>One message on its way, with what the steps have made of it.</summary>
public sealed class MessageWork(InboxMessage message)
{
    public InboxMessage Message { get; } = message;

    /// <summary>Null until it is translated, and where it cannot be.</summary>
    public Translation? Translation { get; set; }

    /// <summary>What the message states, merges included.</summary>
    public IReadOnlyList<ResourceStatement> Statements { get; set; } = [];

    /// <summary>False where it was worked on meanwhile, by another process or by this one: then it has had its effect.</summary>
    public bool Waits { get; set; } = true;

    /// <summary>True where it has never been translated before, so that its unmapped fields count now.</summary>
    public bool IsNew { get; set; }

    /// <summary>Why it becomes a dead letter; null where it does not.</summary>
    public Finding? Refused { get; set; }

    public Provenance Provenance => new(Message.Source, Message.Id, Message.ReceivedAt, Translation!.Stamp);
}

/// <summary>Some messages of one bucket, in order, that go through the pipeline together.</summary>
public sealed class PipelineWork(int bucket, long epoch, IReadOnlyList<InboxMessage> messages)
{
    public int Bucket { get; } = bucket;

    /// <summary>The epoch of the lease under which the work began.</summary>
    public long Epoch { get; } = epoch;

    public IReadOnlyList<MessageWork> Messages { get; } = [.. messages.Select(message => new MessageWork(message))];

    /// <summary>Those that still wait, as the draft found them.</summary>
    public IEnumerable<MessageWork> Waiting => Messages.Where(item => item.Waits);

    /// <summary>The folded statements of all messages.</summary>
    public RecordDraft Draft { get; set; } = new();

    /// <summary>A source's merge as what it says of the patient that goes on under another (FHIR R4 Patient.link).</summary>
    public static ResourceStatement Merged(PatientMerge merge) => new()
    {
        Content = new Patient
        {
            Id = merge.Retired.ToString(),
            Active = false,
            Link = [new Patient.LinkComponent { Other = new ResourceReference($"Patient/{merge.Surviving}"), Type = Patient.LinkType.ReplacedBy }],
        },
        Mode = StatementMode.Elements,
        Owner = merge.Retired,
    };
}
