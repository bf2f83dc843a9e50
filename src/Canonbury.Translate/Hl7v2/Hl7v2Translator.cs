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

        Draft draft = new(message, header, context);
        foreach (SegmentMap map in maps)
        {
            map(draft);
        }

        return new Translation
        {
            Event = header.TriggerEvent.Length == 0 ? header.MessageCode : $"{header.MessageCode}^{header.TriggerEvent}",
            Stamp = draft.Stamp,
            Statements = draft.Statements,
            Merges = draft.Merges,
            Unmapped = message.UnreadFields(),
            Findings = message.Findings,
        };
    }
}
