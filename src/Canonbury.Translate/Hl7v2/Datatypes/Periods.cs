using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Datatypes;

/// <summary>Periods from two times, or from a DR (map DR[Period]).</summary>
public static class Periods
{
    /// <summary>Null when neither end is given. An end before its start is left as sent: it is the source's fact.</summary>
    public static Period? Of(Moment? start, Moment? end) => start is null && end is null
        ? null
        : new Period { Start = start?.DateTime, End = end?.DateTime };

    /// <summary>A DR inside a component: its two times are sub-components.</summary>
    public static Period? OfRange(Component range, Draft draft) => Of(Moment.ReadSub(range, 1, draft), Moment.ReadSub(range, 2, draft));
}
