using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>SPM, or in older versions OBR-15, as a Specimen (published maps SPM[Specimen], OBR[Specimen] and SPS[Specimen-Source]).</summary>
internal static class SpmSpecimen
{
    /// <summary>States every specimen of a group and returns the references.</summary>
    public static List<ResourceReference> State(ResultGroup group, string reportKey, Stamp stamp, Draft draft)
    {
        List<ResourceReference> references = [];
        foreach (Segment spm in group.Specimens)
        {
            string key = spm[2].IsValued ? "S|" + string.Join('|', spm[2][1].Sub(1), spm[2][2].Sub(1)) : $"{reportKey}|{references.Count}";
            State(references, OfSpm(spm, draft), key, stamp, draft);
        }

        Field source = group.Obr[15];
        if (references.Count == 0 && source.IsValued)
        {
            State(references, OfObr(group.Obr, source.First, draft), reportKey, stamp, draft);
        }

        return references;
    }

    private static void State(List<ResourceReference> references, Specimen specimen, string key, Stamp stamp, Draft draft)
    {
        specimen.Id = draft.IdOf("Specimen", key);
        specimen.Subject = draft.PatientReference();
        draft.State(new ResourceStatement { Content = specimen, Mode = StatementMode.Snapshot, Owner = draft.Patient, Stamp = stamp });
        references.Add(new ResourceReference($"Specimen/{specimen.Id}") { Display = specimen.Type?.Text });
    }

    private static Specimen OfSpm(Segment spm, Draft draft)
    {
        Specimen specimen = new()
        {
            Type = Cwe.ToConcept(spm[4], draft),
            ReceivedTimeElement = Moment.Read(spm[18], draft)?.FhirDateTime,
            Status = spm[20].Text switch
            {
                "Y" => Specimen.SpecimenStatus.Available,
                "N" => Specimen.SpecimenStatus.Unavailable,
                _ => null,
            },
        };
        AddIdentifier(specimen, spm[2][1], "PGN", draft);
        AddIdentifier(specimen, spm[2][2], "FGN", draft);
        specimen.AccessionIdentifier = Cx.ToIdentifier(spm[30], draft, "accession");
        specimen.Condition.AddRange(Cwe.ToConcepts(spm[24], draft));
        foreach (Repetition description in spm[14])
        {
            specimen.Note.Add(new Annotation { Text = description.WholeText.Trim() });
        }

        Moment? start = Moment.Read(spm[17].First[1], draft);
        Moment? end = Moment.Read(spm[17].First[2], draft);
        Specimen.CollectionComponent collection = new()
        {
            Method = Cwe.ToConcept(spm[7], draft),
            BodySite = Cwe.ToConcept(spm[8], draft),
            Quantity = Quantities.ReadCq(spm[12].First, draft),
            Collected = end is null ? start?.FhirDateTime : Periods.Of(start, end),
        };
        specimen.Collection = IsEmpty(collection) ? null : collection;
        return specimen;
    }

    private static Specimen OfObr(Segment obr, Repetition source, Draft draft)
    {
        Specimen specimen = new()
        {
            Type = Inner(source[1], draft),
            ReceivedTimeElement = Moment.Read(obr[14], draft)?.FhirDateTime,
        };
        Specimen.CollectionComponent collection = new()
        {
            Collected = ObrReport.Effective(obr, draft),
            Quantity = Quantities.ReadCq(obr[9].First, draft),
            Collector = Xcn.ToReference(obr[10], draft),
            BodySite = Inner(source[4], draft),
        };
        specimen.Collection = IsEmpty(collection) ? null : collection;
        if (source[3].Text is { } words)
        {
            specimen.Note.Add(new Annotation { Text = words });
        }

        return specimen;
    }

    /// <summary>SPS holds coded values inside components: code, words and system are sub-components (chapter 2A, SPS).</summary>
    private static CodeableConcept? Inner(Component component, Draft draft)
    {
        string? code = component.Sub(1);
        string? words = component.Sub(2) ?? code;
        if (words is null)
        {
            return null;
        }

        CodeableConcept concept = new() { Text = words };
        if (code is not null && component.Sub(3) is { } system)
        {
            concept.Coding.Add(new Coding(Codes.CodingSystems.Of(draft.Source, system), code, component.Sub(2)));
        }

        return concept;
    }

    private static bool IsEmpty(Specimen.CollectionComponent collection) => collection is
    {
        Collected: null, Quantity: null, Method: null, BodySite: null, Collector: null,
    };

    private static void AddIdentifier(Specimen specimen, Component number, string type, Draft draft)
    {
        if (number.Sub(1) is { } value)
        {
            string system = SourceSystems.Of(number.Sub(2), number.Sub(3), number.Sub(4), draft.Source, "specimen");
            specimen.Identifier.Add(new Identifier(system, value) { Type = new CodeableConcept(Cwe.Table("0203"), type) });
        }
    }
}
