using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Cards of reports and imaging studies, which stand among the results.</summary>
internal static class ReportCards
{
    public static Card Of(DiagnosticReport report) => Concepts.Card(Section.Results, "Report", [report.Code, .. report.Category]) with
    {
        Status = Concepts.Literal(report.StatusElement),
        When = Moments.Start(report.Effective),
        Until = Moments.End(report.Effective),
        Recorded = Moments.Literal(report.IssuedElement),
        Author = Actors.Names(report, report.ResultsInterpreter.Count > 0 ? report.ResultsInterpreter : report.Performer),
        Place = report.ResultsInterpreter.Count > 0 ? Actors.Names(report, report.Performer) : null,
        Text = Concepts.Text(report.Conclusion) ?? Concepts.Words(report.ConclusionCode),
        PartOf = Actors.Relative(report.Encounter),
        Withdrawn = report.Status is DiagnosticReport.DiagnosticReportStatus.Cancelled,
        SearchText = Concepts.Join([Concepts.Words(report.Category), .. report.Result.Select(r => r.Display)]),
    };

    public static Card Of(ImagingStudy study) => Concepts.Card(Section.Results, "Imaging study", [.. study.ProcedureCode]) with
    {
        Status = Concepts.Literal(study.StatusElement),
        When = Moments.Literal(study.StartedElement),
        Author = Actors.Names(study, study.Interpreter),
        Place = Actors.Name(study, study.Location),
        Text = Concepts.Text(study.Description) ?? Concepts.Join(study.Modality.Select(Concepts.Words)),
        PartOf = Actors.Relative(study.Encounter),
    };
}
