using System.Text;
using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>Documents: MDM T01 to T11 (published message map MDM_T02; where it is silent, HL7 v2 chapter 9).</summary>
internal static class MdmMap
{
    public static void Map(Draft draft)
    {
        Segment txa = draft.Message.First("TXA");
        if (!txa.Exists)
        {
            throw new UntranslatableException("TXA", "segment-missing", "A document message without TXA names no document.");
        }

        string key = TxaDocument.Key(txa, draft);
        DocumentReference document = TxaDocument.Read(txa, draft);
        document.Id = draft.IdOf("DocumentReference", key);
        AddRelation(document, txa, draft);

        // Chapter 9: the odd events (T01, T03, T05, T07, T09, T11) notify, the even ones bring the content; some senders bring it with any.
        draft.State(document, StatementMode.Elements);
        AddContent(document, key, draft);
        if (document.Content.Count == 0)
        {
            DocumentReference announced = new() { Id = document.Id };
            DocumentContent.AddMissing(announced);
            FallbackStatements.StateUntilKnown(announced, draft);
        }
    }

    /// <summary>
    /// TXA-13 names the parent: an addendum (T05, T06) is appended to it, a replacement (T09, T10) takes its place (chapter 9).
    /// </summary>
    private static void AddRelation(DocumentReference document, Segment txa, Draft draft)
    {
        if (OrderKeys.Number(txa[13]) is not { } parent)
        {
            return;
        }

        string parentId = draft.IdOf("DocumentReference", TxaDocument.KeyOf(parent));
        if (parentId == document.Id)
        {
            return;
        }

        bool isReplacement = draft.Trigger is "T09" or "T10";
        document.RelatesTo.Add(new DocumentReference.RelatesToComponent
        {
            Code = isReplacement ? DocumentRelationshipType.Replaces : DocumentRelationshipType.Appends,
            Target = new ResourceReference($"DocumentReference/{parentId}"),
        });
        if (!isReplacement)
        {
            return;
        }

        DocumentReference replaced = new()
        {
            Id = parentId,
            Status = DocumentReferenceStatus.Superseded,
            Subject = draft.PatientReference(),
        };
        draft.State(replaced, StatementMode.Elements);
        DocumentReference unseen = new() { Id = parentId };
        DocumentContent.AddMissing(unseen);
        FallbackStatements.StateUntilKnown(unseen, draft);
    }

    /// <summary>Lines of text are one document, joined; each ED or RP is a content of its own.</summary>
    private static void AddContent(DocumentReference document, string key, Draft draft)
    {
        StringBuilder text = new();
        int number = 0;
        foreach (Segment obx in draft.Message.All("OBX"))
        {
            // The document's type and state are TXA's; each OBX only carries a piece of it.
            obx.Skip(3, 4, 11);
            if (!EmbeddedDocument.IsDocument(obx))
            {
                AppendLine(text, obx);
                continue;
            }

            bool isPointer = obx[2].Text == "RP";
            foreach (Repetition value in obx[5])
            {
                EncapsulatedData? data = isPointer ? EncapsulatedData.ReadRp(value, draft) : EncapsulatedData.ReadEd(value, draft);
                if (data is not null)
                {
                    DocumentContent.State(document, data, $"{key}|{++number}", null, draft);
                }
            }
        }

        string joined = text.ToString().TrimEnd('\n', ' ');
        if (joined.Length > 0)
        {
            EncapsulatedData lines = new("text/plain", Encoding.UTF8.GetBytes(joined), null);
            DocumentContent.State(document, lines, $"{key}|text", null, draft);
        }
    }

    private static void AppendLine(StringBuilder text, Segment obx)
    {
        string type = obx[2].Text ?? "";
        if (TextRuns.IsText(type) || type.Length == 0)
        {
            TextRuns.Append(text, obx);
            return;
        }

        // A coded or numeric line of a document (a study identifier, a score) reads as "what: value".
        foreach (Repetition value in obx[5])
        {
            string words = string.Join(' ', Parts(value));
            text.Append(obx[3][2].Text ?? obx[3].Text ?? "").Append(": ").Append(words).Append('\n');
        }
    }

    private static List<string> Parts(Repetition value)
    {
        List<string> parts = [];
        for (int i = 1; i <= 2; i++)
        {
            if (value[i].WholeText is { } part)
            {
                parts.Add(part);
            }
        }

        return parts;
    }
}
