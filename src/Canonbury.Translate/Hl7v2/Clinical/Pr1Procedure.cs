using Canonbury.Fhir.Statements;
using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>PR1 as a Procedure (published map PR1[Procedure]).</summary>
internal static class Pr1Procedure
{
    private const string Anaesthetist = "88189002";

    private const string Surgeon = "304292004";

    public static void Map(Draft draft)
    {
        foreach (Segment pr1 in draft.Message.All("PR1"))
        {
            if (pr1[3].IsValued || pr1[4].IsValued)
            {
                State(pr1, draft);
            }
        }
    }

    private static void State(Segment pr1, Draft draft)
    {
        Procedure procedure = new()
        {
            // A procedure that an administrative message reports has been done; one taken back says so in PR1-20.
            Status = pr1[20].Text == "D" ? EventStatus.EnteredInError : EventStatus.Completed,
            Code = Cwe.ToConcept(pr1[3], draft) ?? new CodeableConcept(),
            Category = Cwe.ToConcept(pr1[6], draft),
            Subject = draft.PatientReference(),
            Encounter = draft.Encounter,
            Performed = Performed(pr1, draft),
            Location = Pl.ToReference(pr1[23], draft),
        };
        procedure.Code.Text = pr1[4].Text ?? procedure.Code.Text;
        procedure.ReasonCode.AddRange(Cwe.ToConcepts(pr1[15], draft));
        if (Ei.ToIdentifier(pr1[19].First, null, draft) is { } identifier)
        {
            procedure.Identifier.Add(identifier);
        }

        AddPerformers(procedure, pr1[8], Anaesthetist, draft);
        AddPerformers(procedure, pr1[11], Surgeon, draft);
        AddPerformers(procedure, pr1[12], null, draft);
        string key = OrderKeys.Number(pr1[19]) is { } number
            ? "I|" + number
            : $"N|{draft.PatientKey}|{OrderKeys.Code(pr1[3])}|{pr1[4].Text}|{pr1[5].Text}";
        procedure.Id = draft.IdOf("Procedure", key);
        draft.State(procedure, StatementMode.Snapshot);
    }

    private static DataType? Performed(Segment pr1, Draft draft)
    {
        Moment? start = Moment.Read(pr1[5], draft);
        bool hasMinutes = Nm.TryParse(pr1[7].Text, out decimal minutes) && minutes is > 0 and <= 10_080;
        if (!hasMinutes || start is not { Precision: > TimePrecision.Day })
        {
            return start?.FhirDateTime;
        }

        return Periods.Of(start, start.Value with { Start = start.Value.Start.AddMinutes((double)minutes) });
    }

    private static void AddPerformers(Procedure procedure, Field field, string? function, Draft draft)
    {
        foreach (Repetition person in field)
        {
            if (Xcn.ToReference(person, draft) is { } actor)
            {
                procedure.Performer.Add(new Procedure.PerformerComponent
                {
                    Actor = actor,
                    Function = function is null ? null : new CodeableConcept(CodingSystems.Snomed, function),
                });
            }
        }
    }
}
