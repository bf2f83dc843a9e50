using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;
using MessageHeader = Canonbury.Translate.Hl7v2.Parsing.MessageHeader;

namespace Canonbury.Translate.Hl7v2;

/// <summary>The translation of one message while the maps write it: what they read from, and where they put what they found.</summary>
public sealed class Draft
{
    private readonly List<ResourceStatement> statements = [];
    private readonly List<PatientMerge> merges = [];

    public Draft(Hl7Message message, MessageHeader header, TranslationContext context)
    {
        Message = message;
        Header = header;
        Context = context;
        PatientKey = Hl7v2.PatientKey.Find(message);
        Patient = PatientKey is null ? PatientId.Nobody : PatientId.Of(context.Source, PatientKey);
        Stamp = MessageStamp.Of(this);
    }

    public Hl7Message Message { get; }

    public MessageHeader Header { get; }

    public TranslationContext Context { get; }

    public SourceId Source => Context.Source;

    /// <summary>MSH-9.2, such as <c>A01</c>.</summary>
    public string Trigger => Header.TriggerEvent;

    /// <summary>The source's own id of the patient, or null for a message about nobody.</summary>
    public string? PatientKey { get; }

    /// <summary>The patient of PID-3, or <see cref="PatientId.Nobody"/>.</summary>
    public PatientId Patient { get; }

    /// <summary>Every patient of a message that names several, in order; the one patient otherwise.</summary>
    public IReadOnlyList<PatientId> AllPatients { get; init; } = [];

    public Stamp Stamp { get; }

    public IReadOnlyList<ResourceStatement> Statements => statements;

    public IReadOnlyList<PatientMerge> Merges => merges;

    /// <summary>The encounter of PV1, for the resources that belong to it; <c>EncounterMap</c> sets it.</summary>
    public ResourceReference? Encounter { get; set; }

    /// <summary>The FHIR id of a resource of this source, from the business key that the source uses.</summary>
    public string IdOf(string type, string businessKey) => ResourceIds.FhirId(Source, type, businessKey);

    public ResourceReference ReferenceTo(string type, string businessKey, string? display = null) =>
        new($"{type}/{IdOf(type, businessKey)}") { Display = display };

    /// <summary>The patient that the message is about; throws where there is none, for a map cannot do without.</summary>
    public ResourceReference PatientReference() => Patient == PatientId.Nobody
        ? throw new UntranslatableException("PID-3", "patient-id-missing", "The message names no patient by an identifier.")
        : new ResourceReference($"Patient/{Patient}");

    /// <summary>A statement about a resource of the message's patient.</summary>
    public void State(Resource content, StatementMode mode, IReadOnlyList<string>? cleared = null) => State(new ResourceStatement
    {
        Content = content,
        Mode = mode,
        Cleared = cleared ?? [],
        Owner = Patient,
    });

    public void State(ResourceStatement statement) => statements.Add(statement);

    public void Merge(PatientId retired, PatientId surviving) => merges.Add(new PatientMerge(retired, surviving));

    /// <summary>Something is wrong but does not stop the message. The words hold no value of the message.</summary>
    public void Report(string path, string code, string words) => Message.Report(path, code, words);
}
