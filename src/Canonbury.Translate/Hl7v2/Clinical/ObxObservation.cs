using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>OBX as an Observation (published maps OBX[Observation] and OBX[Observation-Component]).</summary>
internal static class ObxObservation
{
    private const string DataAbsentReason = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

    /// <summary>One observation from one OBX, or from the lines of one text.</summary>
    /// <param name="run">The OBX segments: more than one only for lines of text (see <see cref="TextRuns"/>).</param>
    public static Observation Read(ReadOnlySpan<ResultLine> run, ResultFrame frame, Draft draft)
    {
        Segment obx = run[0].Obx;
        Observation observation = new()
        {
            StatusElement = new Code<ObservationStatus>(Status(obx[11], draft)),
            Code = RequiredConcept.Read(obx[3], draft),
            Subject = frame.Subject,
            Encounter = draft.Encounter,
            Effective = Moment.Read(obx[14], draft)?.FhirDateTime ?? frame.Effective,
            Issued = frame.Issued,
            Method = obx[17].IsValued ? Cwe.ToConcept(obx[17].First, draft) : null,
            BodySite = obx[20].IsValued ? Cwe.ToConcept(obx[20].First, draft) : null,
            Specimen = frame.Specimen,
        };
        if (frame.Category is not null)
        {
            observation.Category.Add(frame.Category);
        }

        SetValue(observation, run, draft);
        AddInterpretations(observation, obx[8], draft);
        AddPerformers(observation, obx, draft);
        AddDetails(observation, obx, draft);
        foreach (ResultLine line in run)
        {
            observation.Note.AddRange(NteNotes.Read(line.Notes, draft));
        }

        return observation;
    }

    /// <summary>
    /// HL7 v2 chapter 7, table 0085, U: the status becomes final and the value, sent before, is not repeated; so the rest stays as it was.
    /// </summary>
    public static bool IsStatusOnly(Segment obx) => obx.Peek(11).Text == "U" && !obx.Peek(5).IsValued;

    private static ObservationStatus Status(Field field, Draft draft)
    {
        if (field.Text is { } code)
        {
            if (ResultStatuses.OfObservation(code.ToUpperInvariant()) is { } status)
            {
                return status;
            }

            draft.Report(field.Path, "status-unknown", "The result status is not in HL7 table 0085.");
        }

        return ObservationStatus.Unknown;
    }

    private static void SetValue(Observation observation, ReadOnlySpan<ResultLine> run, Draft draft)
    {
        Segment obx = run[0].Obx;
        string type = obx[2].Text?.ToUpperInvariant() ?? "";
        Unit? unit = Unit.Read(obx[6], draft);
        if (TextRuns.IsText(type))
        {
            observation.Value = TextRuns.Join(run) is { } text ? new FhirString(text) : null;
        }
        else
        {
            DataType? only = null;
            int count = 0;
            foreach (Repetition repetition in obx[5])
            {
                DataType? value = ObservationValues.Read(type, repetition, unit, draft);
                if (value is null)
                {
                    continue;
                }

                if (++count == 1)
                {
                    only = value;
                    continue;
                }

                // Observation.value does not repeat: each repetition becomes a component with the same code.
                if (count == 2)
                {
                    observation.Component.Add(new Observation.ComponentComponent { Code = observation.Code, Value = only });
                }

                observation.Component.Add(new Observation.ComponentComponent { Code = observation.Code, Value = value });
            }

            observation.Value = count == 1 ? only : null;
        }

        if (ReferenceRanges.Read(obx[7], unit) is { } range)
        {
            observation.ReferenceRange.Add(range);
        }

        if (observation.Value is null && observation.Component.Count == 0)
        {
            observation.DataAbsentReason = obx.Peek(11).Text switch
            {
                "N" => new CodeableConcept(DataAbsentReason, "not-asked"),
                "X" => new CodeableConcept(DataAbsentReason, "not-performed"),
                "I" or "O" => new CodeableConcept(DataAbsentReason, "temp-unknown"),
                _ => null,
            };
        }
    }

    private static void AddInterpretations(Observation observation, Field flags, Draft draft)
    {
        foreach (Repetition flag in flags)
        {
            if (flag[1].Text is { } code && Interpretations.Of(code) is { } known)
            {
                observation.Interpretation.Add(new CodeableConcept(Interpretations.System, known.Code, known.Display, null));
            }
            else if ((flag[2].Text ?? flag[1].Text) is { } words)
            {
                draft.Report(flag.Path, "flag-unknown", "The abnormal flag is not in HL7 table 0078; it is shown as text.");
                observation.Interpretation.Add(new CodeableConcept { Text = words });
            }
        }
    }

    private static void AddPerformers(Observation observation, Segment obx, Draft draft)
    {
        foreach (Repetition observer in obx[16])
        {
            if (Xcn.ToReference(observer, draft) is { } person)
            {
                observation.Performer.Add(person);
            }
        }

        Field producer = obx[15];
        ResourceReference? laboratory = Xon.ToReference(obx[23], draft) ?? CodedOrganisation.Read(producer.First, draft);
        if (laboratory is not null)
        {
            observation.Performer.Add(laboratory);
        }
    }

    private static void AddDetails(Observation observation, Segment obx, Draft draft)
    {
        if (obx[4].Text is { } subId)
        {
            // Published map OG[Extension-Subidentifier]: which results belong together, such as the isolates of a culture.
            Extension extension = new() { Url = "http://hl7.org/fhir/StructureDefinition/observation-v2-subid" };
            extension.Extension.Add(new Extension("original-sub-identifier", new FhirString(subId)));
            observation.Extension.Add(extension);
        }

        if (Moment.Read(obx[19], draft) is { } analysed)
        {
            observation.AddExtension("http://hl7.org/fhir/StructureDefinition/observation-analysis-date-time", analysed.FhirDateTime);
        }

        if (obx[18][1].Text is { } device)
        {
            observation.Device = new ResourceReference { Display = device };
        }

        if (Ei.ToIdentifier(obx[21].First, "FILL", draft) is { } identifier)
        {
            observation.Identifier.Add(identifier);
        }
    }
}
