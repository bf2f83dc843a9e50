using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// When the source said a result: OBR-22 (the status changed), else the message's own time. Not OBX-14, which is when the sample was taken:
/// a
/// correction has the same one. Equal times are decided by the message's time, control id and digest.
/// </summary>
internal static class ResultStamps
{
    public static Stamp Of(Segment obr, Draft draft) =>
        Moment.Read(obr[22], draft) is { Precision: > TimePrecision.Day } changed ? draft.Stamp with { At = changed.Start } : draft.Stamp;
}
