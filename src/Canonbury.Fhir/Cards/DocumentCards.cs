using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Cards of documents, pictures and filled-in forms.</summary>
internal static class DocumentCards
{
    public static Card Of(DocumentReference document) =>
        Concepts.Card(Section.Documents, Title(document) ?? "Document", [document.Type, .. document.Category]) with
        {
            // A letter that was replaced stays replaced, however final it was.
            Status = document.Status is DocumentReferenceStatus.Superseded
                ? "superseded"
                : Concepts.Literal(document.DocStatusElement) ?? Concepts.Literal(document.StatusElement),
            When = Moments.Start(document.Context?.Period) ?? Moments.Literal(document.DateElement) ?? Created(document),
            Recorded = Moments.Literal(document.DateElement) ?? Created(document),
            Author = Actors.Names(document, document.Author),
            Place = Actors.Name(document, document.Custodian) ?? Concepts.Words(document.Context?.PracticeSetting),
            Text = Title(document),
            PartOf = Actors.Relative(document.Context?.Encounter.FirstOrDefault()),
            Replaces = Actors.Relative(
                document.RelatesTo.FirstOrDefault(relation => relation.Code == DocumentRelationshipType.Replaces)?.Target),
            Group = SetOf(document),
            Withdrawn = document.Status is DocumentReferenceStatus.EnteredInError,
        };

    public static Card Of(Composition composition) =>
        Concepts.Card(Section.Documents, Concepts.Text(composition.Title) ?? "Document", composition.Type) with
        {
            Status = Concepts.Literal(composition.StatusElement),
            When = Moments.Literal(composition.DateElement),
            Recorded = Moments.Literal(composition.DateElement),
            Author = Actors.Names(composition, composition.Author),
            Place = Actors.Name(composition, composition.Custodian),
            Text = Concepts.Text(composition.Title),
            PartOf = Actors.Relative(composition.Encounter),
            Group = Key(composition.Identifier),
            SearchText = Concepts.Join(composition.Section.Select(s => s.Title)),
        };

    public static Card Of(Media media) => Concepts.Card(Section.Documents, "Picture or recording", media.Type, media.Modality) with
    {
        Status = Concepts.Literal(media.StatusElement),
        When = Moments.Start(media.Created),
        Recorded = Moments.Literal(media.IssuedElement),
        Author = Actors.Name(media, media.Operator),
        Text = Concepts.Text(media.Content?.Title),
        PartOf = Actors.Relative(media.Encounter),
        SearchText = Concepts.Words(media.BodySite),
    };

    /// <summary>A document's bytes: they stand with the document that they belong to (R4 binary.html#security).</summary>
    public static Card Of(Binary content) => new()
    {
        Section = Section.Documents,
        Title = "Content of a document",
        PartOf = Actors.Relative(content.SecurityContext),
    };

    public static Card Of(QuestionnaireResponse form) => new()
    {
        Section = Section.Documents,
        Title = "Form",
        Code = form.Questionnaire,
        Status = Concepts.Literal(form.StatusElement),
        When = Moments.Literal(form.AuthoredElement),
        Recorded = Moments.Literal(form.AuthoredElement),
        Author = Actors.Name(form, form.Author, form.Source),
        PartOf = Actors.Relative(form.Encounter),
        SearchText = Concepts.Join(form.Item.Select(i => i.Text)),
    };

    private static string? Title(DocumentReference document) =>
        Concepts.Text(document.Description)
            ?? document.Content.Select(c => Concepts.Text(c.Attachment?.Title)).FirstOrDefault(t => t is not null);

    private static string? Created(DocumentReference document) =>
        document.Content.Select(c => Moments.Literal(c.Attachment?.CreationElement)).FirstOrDefault(c => c is not null);

    // DocumentReference.identifier stays through the versions of one document, masterIdentifier names one version (R4
    // documentreference.html).
    private static string? SetOf(DocumentReference document) => Key(document.Identifier.FirstOrDefault()) ?? Key(document.MasterIdentifier);

    private static string? Key(Identifier? identifier) => identifier?.Value is null ? null : $"{identifier.System}|{identifier.Value}";
}
