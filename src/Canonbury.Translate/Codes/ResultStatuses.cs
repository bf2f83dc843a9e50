using Hl7.Fhir.Model;

namespace Canonbury.Translate.Codes;

/// <summary>The status of results: HL7 table 0085 (OBX-11) and 0123 (OBR-25).</summary>
public static class ResultStatuses
{
    /// <summary>
    /// The published map ObservationResultStatusCodesInterpretation. Where it is silent (B, I, N, O, R, S, U, V), HL7 v2 chapter 7, table
    /// 0085:
    /// appended is amended, pending is registered, unverified and partial are preliminary, verified is final.
    /// </summary>
    public static ObservationStatus? OfObservation(string code) => code switch
    {
        "F" or "U" or "V" or "N" => ObservationStatus.Final,
        "C" => ObservationStatus.Corrected,
        "A" or "B" => ObservationStatus.Amended,
        "P" or "R" or "S" => ObservationStatus.Preliminary,
        "I" or "O" => ObservationStatus.Registered,
        "X" => ObservationStatus.Cancelled,
        "D" or "W" => ObservationStatus.EnteredInError,
        _ => null,
    };

    /// <summary>
    /// The published map ResultStatus[Non-Queries]. Where it is silent (A, M, N), HL7 v2 chapter 4, table 0123: some results is partial,
    /// corrected but not final is preliminary, done with results pending is registered.
    /// </summary>
    public static DiagnosticReport.DiagnosticReportStatus? OfReport(string code) => code switch
    {
        "F" => DiagnosticReport.DiagnosticReportStatus.Final,
        "C" => DiagnosticReport.DiagnosticReportStatus.Corrected,
        "P" or "M" => DiagnosticReport.DiagnosticReportStatus.Preliminary,
        "A" or "R" => DiagnosticReport.DiagnosticReportStatus.Partial,
        "O" or "I" or "S" or "N" => DiagnosticReport.DiagnosticReportStatus.Registered,
        "X" => DiagnosticReport.DiagnosticReportStatus.Cancelled,
        _ => null,
    };
}
