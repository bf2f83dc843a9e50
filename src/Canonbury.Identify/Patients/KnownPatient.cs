using Canonbury.Fhir.Ids;
using Canonbury.Identify.Links;

namespace Canonbury.Identify.Patients;

/// <summary>One source's patient with what links look at.</summary>
/// <param name="Link">The link that holds now; null for a patient that is new.</param>
internal sealed record KnownPatient(PatientId Patient, SourceId Source, PatientFacts Facts, CurrentLink? Link)
{
    /// <summary>True where it is this patient that has just changed, so that the others were decided without it.</summary>
    public bool IsChanged { get; init; }
}
