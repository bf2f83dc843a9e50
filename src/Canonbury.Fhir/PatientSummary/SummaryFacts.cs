using Canonbury.Fhir.Cards;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.PatientSummary;

/// <summary>Whom a summary is about.</summary>
/// <param name="Asked">The patient that was asked for: the subject of the document.</param>
/// <param name="Linked">The patients that are the same person, as their sources sent them; with or without the one that was asked for.</param>
/// <param name="BaseUrl">The base of the service under which its resources are read, such as <c>https://record.example/fhir</c>.</param>
public sealed record SummarySubject(Patient Asked, IReadOnlyList<Patient> Linked, string BaseUrl);

/// <summary>How complete a summary can be: what the receipt of the pages says.</summary>
/// <param name="Sources">Every source that was asked.</param>
/// <param name="Withheld">The sections of the record that may not be shown to the caller.</param>
/// <param name="NotYetUsable">How many messages about the person were received and cannot be shown yet.</param>
public sealed record SummaryFacts(IReadOnlyList<SummarySource> Sources, IReadOnlySet<Section> Withheld, int NotYetUsable)
{
    public static readonly SummaryFacts Nothing = new([], new HashSet<Section>(), 0);
}

/// <summary>Writes from when to when something was, for people: FHIR dates, either of which may be absent.</summary>
public delegate string? WriteSpan(string? from, string? until);

/// <summary>One source of a summary.</summary>
/// <param name="AsAt">When it last said anything; null where it never did.</param>
/// <param name="Answered">False where it is silent for longer than it should be.</param>
public sealed record SummarySource(string Name, DateTimeOffset? AsAt, bool Answered);
