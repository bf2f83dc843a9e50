using Canonbury.Fhir.Ids;
using Hl7.Fhir.Model;

namespace Canonbury.Identify.Links;

/// <summary>A patient whose resource changed, as linking needs it.</summary>
/// <param name="Content">The newest <c>Patient</c>.</param>
/// <param name="Position">The commit position of the change.</param>
public sealed record PatientState(PatientId Patient, SourceId Source, Patient Content, long Position);
