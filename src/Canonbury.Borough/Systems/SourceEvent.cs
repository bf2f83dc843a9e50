namespace Canonbury.Borough.Systems;

/// <summary>One thing that one system sends: an HL7 v2 message, or a FHIR transaction bundle as JSON.</summary>
/// <param name="At">When it happened, on the clock of London.</param>
/// <param name="LocalId">The patient's id in that system; events of one patient must stay in order.</param>
/// <param name="ControlId">MSH-10, or the bundle's identifier; unique within the system.</param>
/// <param name="Kind">Such as <c>ADT^A01</c> or <c>bundle</c>.</param>
/// <param name="Results">How many results it carries.</param>
public sealed record SourceEvent(
    SourceSystem System, DateTime At, string LocalId, string ControlId, string Kind, int Results, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Events with one order key are sent in order: a duplicate registration shares the key of the one it is merged into.</summary>
    public string OrderKey => LocalId.TrimEnd(Registration.DuplicateMark);
}
