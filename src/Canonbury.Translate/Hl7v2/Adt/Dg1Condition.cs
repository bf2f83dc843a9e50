using Canonbury.Fhir.Statements;
using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>DG1: diagnoses of a visit (map DG1[Condition]).</summary>
public static class Dg1Condition
{
    private const string Category = "http://terminology.hl7.org/CodeSystem/condition-category";

    private const string Verification = "http://terminology.hl7.org/CodeSystem/condition-ver-status";

    public static void Map(Draft draft)
    {
        foreach (Segment dg1 in draft.Message.All("DG1"))
        {
            if (CodeOf(dg1, draft) is { } code)
            {
                State(dg1, code, draft);
            }
            else
            {
                draft.Report("DG1-3", "diagnosis-missing", "The diagnosis has neither code nor words; it was left out.");
            }
        }
    }

    private static void State(Segment dg1, CodeableConcept code, Draft draft)
    {
        Condition condition = new()
        {
            Id = draft.IdOf("Condition", KeyOf(dg1, draft)),
            Subject = draft.PatientReference(),
            Encounter = draft.Encounter,
            Code = code,
            Category = [new CodeableConcept(Category, "encounter-diagnosis")],
            Onset = Moment.Read(dg1[5], draft)?.FhirDateTime,
            Asserter = Xcn.ToReference(dg1[16], draft),
            RecordedDateElement = Moment.Read(dg1[19], draft)?.FhirDateTime,
        };
        if (dg1[20].Text is { } id)
        {
            condition.Identifier.Add(new Identifier(
                SourceSystems.Of(dg1[20][2].Text, dg1[20][3].Text, dg1[20][4].Text, draft.Source, "diagnosis"), id));
        }

        if (dg1[21].Text == "D")
        {
            condition.VerificationStatus = new CodeableConcept(Verification, "entered-in-error");
        }

        draft.State(condition, StatementMode.Snapshot);
    }

    /// <summary>DG1-2 (deprecated) names the coding system where DG1-3 does not; DG1-4 has the words.</summary>
    private static CodeableConcept? CodeOf(Segment dg1, Draft draft)
    {
        CodeableConcept? code = Cwe.ToConcept(dg1[3], draft, CodingSystems.Of(draft.Source, dg1[2].Text));
        if (dg1[4].Text is { } words)
        {
            code ??= new CodeableConcept();
            code.Text = words;
        }

        return code;
    }

    /// <summary>The diagnosis' own identifier, else the visit, the kind of diagnosis and the code, of this patient.</summary>
    private static string KeyOf(Segment dg1, Draft draft) => dg1[20].Text is { } id
        ? $"{draft.PatientKey}|{dg1[20][2].Text}|{id}"
        : $"{draft.PatientKey}|{EncounterKey.Find(draft)}|{dg1[6].Text}|{(dg1[3].Text ?? dg1[3][2].Text ?? dg1[4].Text ?? "").ToUpperInvariant()}";
}
