using Canonbury.Fhir.Statements;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// The content of a document: an attachment that points to a Binary with the bytes, never the bytes inside the DocumentReference.
/// </summary>
internal static class DocumentContent
{
    /// <summary>Adds one content to the document and states its Binary, whose security context is the document (R4 binary.html).</summary>
    public static Attachment State(DocumentReference document, EncapsulatedData data, string key, Stamp? stamp, Draft draft)
    {
        Attachment attachment = new() { ContentType = data.ContentType, Url = data.Url };
        if (data.Bytes is not null)
        {
            Binary binary = new()
            {
                Id = draft.IdOf("Binary", key),
                ContentType = data.ContentType,
                SecurityContext = new ResourceReference($"DocumentReference/{document.Id}"),
                Data = data.Bytes,
            };
            attachment.Url = $"Binary/{binary.Id}";
            draft.State(new ResourceStatement { Content = binary, Mode = StatementMode.Snapshot, Owner = draft.Patient, Stamp = stamp });
        }

        document.Content.Add(new DocumentReference.ContentComponent { Attachment = attachment });
        return attachment;
    }

    /// <summary>
    /// A document that is announced without content: FHIR asks for an attachment, so it says that the content is not here.
    /// </summary>
    public static void AddMissing(DocumentReference document)
    {
        Attachment attachment = new();
        attachment.AddExtension("http://hl7.org/fhir/StructureDefinition/data-absent-reason", new Code("unknown"));
        document.Content.Add(new DocumentReference.ContentComponent { Attachment = attachment });
    }
}
