using Canonbury.Fhir.Ids;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Statements;

/// <summary>What a statement says about the elements that it does not carry.</summary>
public enum StatementMode
{
    /// <summary>Nothing: they stay as they are (an ADT message about a patient or an encounter).</summary>
    Elements,

    /// <summary>They are absent: this is the whole resource (a result, a FHIR update).</summary>
    Snapshot,

    /// <summary>The source has deleted the resource; the content carries type and id only.</summary>
    Delete,
}

/// <summary>
/// One thing that a source said about one resource. A message is a set of these, not a replacement (design, section 4):
/// <c>Record</c> folds them by <see cref="Stamp"/>, so that every order of arrival gives the same resource.
/// </summary>
/// <remarks>
/// In <see cref="StatementMode.Elements"/> mode the unit is the statement key: a top-level element (<c>birthDate</c>, <c>deceased</c>),
/// or, for a list whose items are told apart, element and slice (<c>identifier/[system]</c>, <c>telecom/[system].[use]</c>,
/// <c>address/[use]</c>, <c>name/[use]</c>, <c>extension/[url]</c>, <c>contact/[relationship code]</c>, <c>participant/[type]</c>), or a part of an
/// element whose parts are said at different times (<c>period/start</c> of an encounter); see <c>StatementKeys</c>.
/// A key that is neither in <see cref="Content"/> nor in <see cref="Cleared"/> is not mentioned.
/// </remarks>
public sealed record ResourceStatement
{
    /// <summary>The resource or the part of it that was stated, with type and final <c>id</c>, and with final references. No <c>meta.versionId</c>.</summary>
    public required Resource Content { get; init; }

    public required StatementMode Mode { get; init; }

    /// <summary>Keys that the source stated to be empty (HL7 v2 <c>""</c>). A bare element name clears every slice of it.</summary>
    public IReadOnlyList<string> Cleared { get; init; } = [];

    /// <summary>The patient whose row set holds the resource: the first patient reference of the type's compartment, or <see cref="PatientId.Nobody"/>.</summary>
    public required PatientId Owner { get; init; }

    /// <summary>Other patients that the resource is about (a group appointment, a household); of a snapshot only.</summary>
    public IReadOnlyList<PatientId> Mentions { get; init; } = [];

    /// <summary>When the source said it, where that differs from the message's own stamp; null takes the message's.</summary>
    public Stamp? Stamp { get; init; }
}
