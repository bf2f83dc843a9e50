using System.Runtime.InteropServices;
using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Adt;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// Results: ORU, OUL and the OBX that other messages carry (published message map ORU_R01). Each report and each observation is stated
/// whole,
/// with its own time, so that an older version that arrives late never replaces a corrected one.
/// </summary>
internal static class ResultsMap
{
    public static void Map(Draft draft)
    {
        foreach (ResultGroup group in ResultGroup.Find(draft.Message))
        {
            if (group.Obr.Exists)
            {
                StateReport(group, draft);
            }
            else
            {
                StateLoose(group, draft);
            }
        }
    }

    /// <summary>OBX about the patient or the visit, without a report (ADT, VXU, SIU, RDE): only the observations.</summary>
    public static void MapLoose(Draft draft)
    {
        foreach (ResultGroup group in ResultGroup.Find(draft.Message))
        {
            StateLoose(group, draft);
        }
    }

    private static void StateReport(ResultGroup group, Draft draft)
    {
        string key = OrderKeys.Report(group.Orc, group.Obr, draft);
        Stamp stamp = ResultStamps.Of(group.Obr, draft);
        DiagnosticReport report = ObrReport.Read(group, draft);
        report.Id = draft.IdOf("DiagnosticReport", Unique(draft, "DiagnosticReport", key));
        report.Specimen = SpmSpecimen.State(group, key, stamp, draft);
        if (ResultOrders.State(group, draft) is { } order)
        {
            report.BasedOn = [order];
        }

        ResultFrame frame = new(
            draft.PatientReference(),
            report.Effective,
            report.Issued,
            ObrReport.ObservationCategory(group.Obr),
            report.Specimen.Count == 1 ? report.Specimen[0] : null);
        StateLines(group.Lines, key, stamp, frame, report, draft);
        StateWhole(report, stamp, draft);
    }

    private static void StateWhole(Resource content, Stamp stamp, Draft draft) =>
        draft.State(new ResourceStatement { Content = content, Mode = StatementMode.Snapshot, Owner = draft.Patient, Stamp = stamp });

    /// <summary>Without an order the result belongs to the visit: the same height sent with every update is one height.</summary>
    private static void StateLoose(ResultGroup group, Draft draft)
    {
        if (group.Lines.Count == 0)
        {
            return;
        }

        ResultFrame frame = new(draft.PatientReference(), null, null, null, null);
        string key = OrderKeys.Order(group.Orc, group.Obr) is { } order
            ? $"L|{order}"
            : $"L|{draft.PatientKey}|{EncounterKey.Find(draft)}|{group.Lines[0].Obx.Peek(14).Text}";
        StateLines(group.Lines, key, draft.Stamp, frame, null, draft);
    }

    private static void StateLines(
        List<ResultLine> lines, string key, Stamp stamp, ResultFrame frame, DiagnosticReport? report, Draft draft)
    {
        ReadOnlySpan<ResultLine> all = CollectionsMarshal.AsSpan(lines);
        for (int i = 0; i < all.Length;)
        {
            int length = TextRuns.Length(lines, i);
            ReadOnlySpan<ResultLine> run = all.Slice(i, length);
            i += length;
            Segment obx = run[0].Obx;
            string lineKey = $"{key}|{OrderKeys.Code(obx[3])}|{obx.Peek(4).Text}";
            if (EmbeddedDocument.IsDocument(obx))
            {
                EmbeddedDocument.State(obx, Unique(draft, "DocumentReference", lineKey), stamp, report, draft);
                continue;
            }

            string id = draft.IdOf("Observation", Unique(draft, "Observation", lineKey));
            report?.Result.Add(new ResourceReference($"Observation/{id}"));
            if (ObxObservation.IsStatusOnly(obx))
            {
                StateStatus(id, obx, frame, stamp, draft);
                continue;
            }

            Observation observation = ObxObservation.Read(run, frame, draft);
            observation.Id = id;
            StateWhole(observation, stamp, draft);
        }
    }

    private static void StateStatus(string id, Segment obx, ResultFrame frame, Stamp at, Draft draft) => draft.State(new ResourceStatement
    {
        Content = new Observation
        {
            Id = id,
            Status = ObservationStatus.Final,
            Code = RequiredConcept.Read(obx[3], draft),
            Subject = frame.Subject,
        },
        Mode = StatementMode.Elements,
        Owner = draft.Patient,
        Stamp = at,
    });

    /// <summary>The second result with one key in a message is another result: it gets the number of its occurrence.</summary>
    private static string Unique(Draft draft, string type, string key)
    {
        string id = draft.IdOf(type, key);
        int occurrence = 1;
        string unique = key;
        while (IsStated(draft, type, id))
        {
            unique = $"{key}|#{++occurrence}";
            id = draft.IdOf(type, unique);
        }

        return unique;
    }

    private static bool IsStated(Draft draft, string type, string id)
    {
        for (int i = draft.Statements.Count - 1; i >= 0; i--)
        {
            Resource content = draft.Statements[i].Content;
            if (content.Id == id && content.TypeName == type)
            {
                return true;
            }
        }

        return false;
    }
}
