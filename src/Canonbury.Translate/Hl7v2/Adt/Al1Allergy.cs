using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>AL1 and IAM: allergies and intolerances (maps AL1[AllergyIntolerance] and IAM[AllergyIntolerance]).</summary>
public static class Al1Allergy
{
    private const string Clinical = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";

    private const string Verification = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

    public static void Map(Draft draft)
    {
        foreach (Segment al1 in draft.Message.All("AL1"))
        {
            State(al1, Moment.Read(al1[6], draft), null, draft);
        }

        foreach (Segment iam in draft.Message.All("IAM"))
        {
            Identifier? identifier = iam[7].Text is { } id
                ? new Identifier(SourceSystems.Of(iam[7][2].Text, iam[7][3].Text, iam[7][4].Text, draft.Source, "allergy"), id)
                : null;
            State(iam, Moment.Read(iam[11], draft), identifier, draft);
        }
    }

    /// <summary>The two segments share their first five fields.</summary>
    private static void State(Segment segment, Moment? onset, Identifier? identifier, Draft draft)
    {
        if (Cwe.ToConcept(segment[3], draft) is not { } substance)
        {
            if (identifier is null)
            {
                draft.Report($"{segment.Name}-3", "allergen-missing", "The allergy names no substance; it was left out.");
                return;
            }

            substance = new CodeableConcept { Text = "Substance not stated" };
        }

        AllergyIntolerance allergy = new()
        {
            Id = draft.IdOf("AllergyIntolerance", $"{draft.PatientKey}|{identifier?.Value ?? KeyOf(segment[3])}"),
            Patient = draft.PatientReference(),
            Code = substance,
            Type = AllergyCodes.TypeOf(segment[2].Text),
            Onset = onset?.FhirDateTime,
        };
        if (identifier is not null)
        {
            allergy.Identifier.Add(identifier);
        }

        if (AllergyCodes.CategoryOf(segment[2].Text) is { } category)
        {
            allergy.Category = [category];
        }

        Reactions(segment, allergy);
        Status(segment, allergy, draft);
        draft.State(allergy, StatementMode.Snapshot);
    }

    /// <summary>AL1-4 is the severity of the reaction where AL1-5 names one; alone it says how critical the allergy is.</summary>
    private static void Reactions(Segment segment, AllergyIntolerance allergy)
    {
        string? severity = segment[4].Text;
        List<CodeableConcept> manifestations = [];
        foreach (Repetition reaction in segment[5])
        {
            if ((reaction[2].Text ?? reaction[1].Text) is { } words)
            {
                manifestations.Add(new CodeableConcept { Text = words });
            }
        }

        if (manifestations.Count > 0)
        {
            allergy.Reaction.Add(new AllergyIntolerance.ReactionComponent
            {
                Manifestation = manifestations,
                Severity = AllergyCodes.SeverityOf(severity),
            });
        }
        else
        {
            allergy.Criticality = AllergyCodes.CriticalityOf(severity);
        }
    }

    /// <summary>IAM-6 D (delete) withdraws; everything else that is sent is active, as the map says.</summary>
    private static void Status(Segment segment, AllergyIntolerance allergy, Draft draft)
    {
        if (!segment.Is("IAM"))
        {
            allergy.ClinicalStatus = new CodeableConcept(Clinical, "active");
            return;
        }

        if (segment[6].Text == "D")
        {
            allergy.VerificationStatus = new CodeableConcept(Verification, "entered-in-error");
            return;
        }

        allergy.ClinicalStatus =
            new CodeableConcept(Clinical, segment[17].Text?.ToUpperInvariant() is "I" or "INACTIVE" ? "inactive" : "active");
        allergy.RecordedDateElement = Moment.Read(segment[13], draft)?.FhirDateTime;
    }

    private static string KeyOf(Field substance) => (substance.Text ?? substance[2].Text ?? "").ToUpperInvariant();
}
