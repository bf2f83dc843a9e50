using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.DiagnosticReport;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>OBR, with its ORC, as a DiagnosticReport (published maps OBR[DiagnosticReport] and ORC[DiagnosticReport]).</summary>
internal static class ObrReport
{
    public static DiagnosticReport Read(ResultGroup group, Draft draft)
    {
        Segment obr = group.Obr;

        // What the order is asked to do (ORC-1) and how far it is (ORC-5) is the order's; the report has OBR-25.
        group.Orc.Skip(1, 5);
        DiagnosticReport report = new()
        {
            Status = Status(group, draft),
            Code = RequiredConcept.Read(obr[4], draft),
            Subject = draft.PatientReference(),
            Encounter = draft.Encounter,
            Effective = Effective(obr, draft),
            Issued = Moment.Read(obr[22], draft)?.Instant,

            // DiagnosticReport has no note in R4; what the laboratory writes under the whole report is its conclusion.
            Conclusion = NteNotes.Text(group.Notes),
        };
        Ei.AddTo(report.Identifier, obr[2], group.Orc[2], "PLAC", draft);
        Ei.AddTo(report.Identifier, obr[3], group.Orc[3], "FILL", draft);
        if (Section(obr[24]) is { } section)
        {
            report.Category.Add(section);
        }

        AddPeople(report.ResultsInterpreter, obr[32], draft);
        AddPeople(report.Performer, obr[34], draft);
        if (Ei.ToIdentifier(obr[2].First, "PLAC", draft) is { } placer)
        {
            // The order itself may never reach us: it is named by its number, and by reference only where this message states it.
            report.BasedOn.Add(new ResourceReference { Type = "ServiceRequest", Identifier = placer });
        }

        return report;
    }

    public static DataType? Effective(Segment obr, Draft draft)
    {
        Moment? start = Moment.Read(obr[7], draft);
        Moment? end = Moment.Read(obr[8], draft);
        return end is null ? start?.FhirDateTime : Periods.Of(start, end);
    }

    /// <summary>What OBR-24 says of the kind of its observations, in FHIR's observation categories.</summary>
    public static CodeableConcept? ObservationCategory(Segment obr) =>
        obr[24].Text is { } code && DiagnosticSections.Of(code) is { Category.Length: > 0 } section
            ? new CodeableConcept("http://terminology.hl7.org/CodeSystem/observation-category", section.Category)
            : null;

    private static CodeableConcept? Section(Field field)
    {
        if (field.Text is not { } code)
        {
            return null;
        }

        return DiagnosticSections.Of(code) is { } section
            ? new CodeableConcept(DiagnosticSections.System, code, section.Display, null)
            : new CodeableConcept { Text = code };
    }

    private static DiagnosticReportStatus Status(ResultGroup group, Draft draft)
    {
        Field field = group.Obr[25];
        if (field.Text is { } code)
        {
            if (ResultStatuses.OfReport(code.ToUpperInvariant()) is { } status)
            {
                return status;
            }

            draft.Report(field.Path, "status-unknown", "The report status is not in HL7 table 0123.");
            return DiagnosticReportStatus.Unknown;
        }

        return OfLines(group.Lines);
    }

    /// <summary>A sender that leaves OBR-25 out still says in OBX-11 how far it is.</summary>
    private static DiagnosticReportStatus OfLines(List<ResultLine> lines)
    {
        int withdrawn = 0;
        int finished = 0;
        bool isCorrected = false;
        foreach (ResultLine line in lines)
        {
            string status = line.Obx.Peek(11).Text ?? "";
            withdrawn += status is "D" or "W" ? 1 : 0;
            finished += status is "F" or "C" or "U" or "V" or "N" or "X" or "D" or "W" ? 1 : 0;
            isCorrected |= status == "C";
        }

        return lines.Count == 0 ? DiagnosticReportStatus.Registered
            : withdrawn == lines.Count ? DiagnosticReportStatus.EnteredInError
            : finished < lines.Count ? DiagnosticReportStatus.Partial
            : isCorrected ? DiagnosticReportStatus.Corrected
            : DiagnosticReportStatus.Final;
    }

    /// <summary>NDL: its first component is a CNN, whose parts are sub-components (published map NDL[PractitionerRole]).</summary>
    private static void AddPeople(List<ResourceReference> references, Field field, Draft draft)
    {
        foreach (Repetition person in field)
        {
            Component name = person[1];
            string? id = name.Sub(1);
            string? words = Xpn.Joined(name.Sub(6), name.Sub(3), name.Sub(4), name.Sub(2), name.Sub(5), name.Sub(7));
            if (words is null && person[2].Text is not null && !char.IsAsciiDigit(person[2].Text![0]))
            {
                // Many senders write an XCN here.
                references.Add(Xcn.ToReference(person, draft)!);
            }
            else if ((words ?? id) is { } display)
            {
                references.Add(new ResourceReference
                {
                    Type = "Practitioner",
                    Display = display,
                    Identifier = id is null ? null : new Identifier(SourceSystems.Local(draft.Source, name.Sub(9) ?? "practitioner"), id),
                });
            }
        }
    }
}
