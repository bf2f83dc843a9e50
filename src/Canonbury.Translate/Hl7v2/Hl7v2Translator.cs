using Canonbury.Fhir.Ids;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2;

/// <summary>Translates one HL7 v2 message to FHIR R4 statements. Pure: the same bytes and context give the same translation.</summary>
public static class Hl7v2Translator
{
    /// <exception cref="UntranslatableException">The bytes are no message, or one that cannot be used; it says where and why.</exception>
    public static Translation Translate(ReadOnlyMemory<byte> bytes, TranslationContext context)
    {
        Hl7Message message = Hl7Message.Parse(bytes.Span);
        MessageHeader header = MessageHeader.Of(message);
        IReadOnlyList<SegmentMap> maps = MessageMaps.Find(header.MessageCode, header.TriggerEvent)
            ?? throw new UntranslatableException("MSH-9", "event-not-supported",
                header.MessageCode.Length == 0 ? "The message names no event." : "No map is defined for this message type and event.");

        List<Draft> drafts = Write(message, header, context, maps);
        return new Translation
        {
            Event = header.TriggerEvent.Length == 0 ? header.MessageCode : $"{header.MessageCode}^{header.TriggerEvent}",
            Stamp = drafts[0].Stamp,
            Statements = drafts.Count == 1 ? drafts[0].Statements : [.. drafts.SelectMany(draft => draft.Statements)],
            Merges = drafts.Count == 1 ? drafts[0].Merges : [.. drafts.SelectMany(draft => draft.Merges)],
            Unmapped = message.UnreadFields(),
            Findings = message.Findings,
        };
    }

    private static List<Draft> Write(Hl7Message message, MessageHeader header, TranslationContext context, IReadOnlyList<SegmentMap> maps)
    {
        IReadOnlyList<int[]> groups = PatientGroups.Of(message, header);
        IReadOnlyList<PatientId> patients = groups.Count == 0 ? [] : PatientsOf(message, context);
        List<Draft> drafts = [];
        for (int i = 0; i < Math.Max(1, groups.Count); i++)
        {
            message.Show(groups.Count == 0 ? null : groups[i]);
            Draft draft = new(message, header, context) { AllPatients = patients };
            foreach (SegmentMap map in maps)
            {
                map(draft);
            }

            drafts.Add(draft);
        }

        return drafts;
    }

    private static IReadOnlyList<PatientId> PatientsOf(Hl7Message message, TranslationContext context) =>
        [.. message.All("PID").Select(PatientKey.OfPid).OfType<string>().Select(key => PatientId.Of(context.Source, key))];
}
