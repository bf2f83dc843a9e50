namespace Canonbury.Fhir.PatientSummary;

/// <summary>
/// Says why a section is empty (design, rule 5). That there is nothing to know is said by a source in a resource of its own, which then stands in
/// the section; so an empty one is never "nil known". http://terminology.hl7.org/CodeSystem/list-empty-reason
/// </summary>
internal static class SummaryEmptiness
{
    public static (string Code, string Display, string Words) Of(bool isWithheld, SummaryFacts facts)
    {
        string[] silent = [.. facts.Sources.Where(source => !source.Answered).Select(source => source.Name)];
        return (isWithheld, facts.NotYetUsable, silent.Length) switch
        {
            (true, _, _) => ("withheld", "Information Withheld", "Nothing available to you."),
            (_, > 0, _) => ("unavailable", "Unavailable", FormattableString.Invariant(
                $"Not known: {facts.NotYetUsable} messages about this person were received and cannot be shown yet.")),
            (_, _, > 0) => ("unavailable", "Unavailable", $"Not known: {string.Join(", ", silent)} did not answer."),
            _ => ("unavailable", "Unavailable", "Not known: no source has sent anything of this kind."),
        };
    }
}
