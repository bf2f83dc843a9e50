using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// A document in an OBX of a report (ED or RP; published map ED[DocumentReference]): a DocumentReference that follows the patient, a Binary
/// with
/// the bytes as they came, and a presented form of the report that points to it.
/// </summary>
internal static class EmbeddedDocument
{
    /// <summary>Some senders put an ED into an OBX that names another type; base64 in the fifth component is never anything else.</summary>
    public static bool IsDocument(Segment obx) =>
        obx.Peek(2).Text is "ED" or "RP"
        || (obx.Peek(5)[4].Raw.Equals("base64", StringComparison.OrdinalIgnoreCase) && obx.Peek(5)[5].IsValued);

    public static void State(Segment obx, string key, Stamp stamp, DiagnosticReport? report, Draft draft)
    {
        bool isPointer = obx[2].Text == "RP";
        DocumentReference document = new()
        {
            Id = draft.IdOf("DocumentReference", key),
            Status = obx[11].Text is "D" or "W" ? DocumentReferenceStatus.EnteredInError : DocumentReferenceStatus.Current,
            DocStatus = obx[11].Text switch
            {
                "P" or "R" or "S" or "I" => CompositionStatus.Preliminary,
                "C" or "A" => CompositionStatus.Amended,
                "F" or "V" or "U" => CompositionStatus.Final,
                _ => null,
            },
            Type = RequiredConcept.Read(obx[3], draft),
            Subject = draft.PatientReference(),
            Date = report?.Issued ?? Moment.Read(obx[14], draft)?.Instant ?? stamp.At,
        };
        if (draft.Encounter is not null || report is not null)
        {
            document.Context = new DocumentReference.ContextComponent();
            AddContext(document.Context, report, draft);
        }

        draft.State(new ResourceStatement { Content = document, Mode = StatementMode.Snapshot, Owner = draft.Patient, Stamp = stamp });
        int number = 0;
        foreach (Repetition value in obx[5])
        {
            EncapsulatedData? data = isPointer ? EncapsulatedData.ReadRp(value, draft) : EncapsulatedData.ReadEd(value, draft);
            if (data is not null)
            {
                Attachment attachment = DocumentContent.State(document, data, $"{key}|{++number}", stamp, draft);
                report?.PresentedForm.Add(attachment);
            }
        }

        if (number == 0)
        {
            draft.Report(obx[5].Path, "document-empty", "The document has no content.");
            DocumentContent.AddMissing(document);
        }
    }

    private static void AddContext(DocumentReference.ContextComponent context, DiagnosticReport? report, Draft draft)
    {
        if (draft.Encounter is not null)
        {
            context.Encounter.Add(draft.Encounter);
        }

        if (report is not null)
        {
            context.Related.Add(new ResourceReference($"DiagnosticReport/{report.Id}"));
        }
    }
}
