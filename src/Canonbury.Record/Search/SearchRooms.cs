using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;

namespace Canonbury.Record.Search;

/// <summary>The patients that are the same person as this one, itself among them.</summary>
public delegate IReadOnlyList<PatientId> FindLinkedPatients(PatientId patient);

/// <summary>Patients that may be meant by an identifier's value, the beginning of a name or a birth date; null where that narrows nothing.</summary>
public delegate IReadOnlyList<PatientId>? FindPatientsByWord(PatientWord kind, string word, int most);

/// <summary>What a patient can be found by without its record.</summary>
public enum PatientWord
{
    Identifier,

    /// <summary>The beginning of a word of the family or given names.</summary>
    Name,
}

/// <summary>The sources whose ids are kept.</summary>
public delegate IReadOnlyList<SourceId> FindKeepingSources();

/// <summary>What searching needs of the rooms that know who is who, and who sends.</summary>
public sealed record SearchRooms(FindLinkedPatients LinkedTo, FindPatientsByWord PatientsBy, FindStanding StandingOf, FindKeepingSources Keeping);
