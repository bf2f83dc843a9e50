using Canonbury.Translate.Codes;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>TXA as a DocumentReference (published map TXA[DocumentReference]; HL7 v2 chapter 9 where it is silent).</summary>
internal static class TxaDocument
{
    public static string Key(Segment txa, Draft draft)
    {
        string? number = OrderKeys.Number(txa[12]) ?? OrderKeys.Number(txa[15]) ?? OrderKeys.Number(txa[14]) ?? txa[16].Text;
        return number is not null ? KeyOf(number) : $"M|{draft.PatientKey}|{draft.Header.ControlId}|{draft.Header.MessageTime}";
    }

    /// <summary>The key of the document with this unique number (TXA-12, TXA-13).</summary>
    public static string KeyOf(string number) => "D|" + number;

    public static DocumentReference Read(Segment txa, Draft draft)
    {
        DocumentReference document = new()
        {
            Status = draft.Trigger == "T11" ? DocumentReferenceStatus.EnteredInError : DocumentCodes.Availability(txa[19].Text ?? ""),
            DocStatus = Completion(txa, draft),
            Type = Type(txa[2], draft),
            Subject = draft.PatientReference(),
            Date = Moment.Read(txa[6], draft)?.Instant ?? Moment.Read(txa[4], draft)?.Instant,
            Description = txa[25].Text,
            MasterIdentifier = Ei.ToIdentifier(txa[12].First, null, draft),
            Authenticator = Xcn.ToReference(txa[22], draft) ?? Xcn.ToReference(txa[10], draft),
        };
        if (txa[16].Text is { } fileName)
        {
            document.Identifier.Add(new Identifier(SourceSystems.Local(draft.Source, "file-name"), fileName));
        }

        foreach (Repetition author in txa[9])
        {
            if (Xcn.ToReference(author, draft) is { } person)
            {
                document.Author.Add(person);
            }
        }

        if (txa[18].Text is { } confidentiality)
        {
            document.SecurityLabel.Add(DocumentCodes.Confidentiality(confidentiality) is { } label
                ? new CodeableConcept { Coding = [label] }
                : new CodeableConcept { Text = confidentiality });
        }

        document.Context = Context(txa, draft);
        return document;
    }

    private static CompositionStatus? Completion(Segment txa, Draft draft) => draft.Trigger == "T11"
        ? CompositionStatus.EnteredInError
        : txa[17].Text is { } code ? DocumentCodes.Completion(code) : null;

    private static CodeableConcept? Type(Field field, Draft draft)
    {
        CodeableConcept? type = Cwe.ToConcept(field, draft, DocumentCodes.TypeSystem);
        if (type is not null && field.Text is { } code && field[2].Text is null && DocumentCodes.TypeDisplay(code) is { } display)
        {
            type.Coding[0].Display = display;
            type.Text = display;
        }

        return type;
    }

    /// <summary>TXA-4, when the activity took place, is the period that the document is about.</summary>
    private static DocumentReference.ContextComponent? Context(Segment txa, Draft draft)
    {
        DocumentReference.ContextComponent context = new() { Period = Periods.Of(Moment.Read(txa[4], draft), null) };
        if (draft.Encounter is not null)
        {
            context.Encounter.Add(draft.Encounter);
        }

        return context.Period is null && context.Encounter.Count == 0 ? null : context;
    }
}
