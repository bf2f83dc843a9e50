namespace Canonbury.Fhir.Cards;

/// <summary>The sections of the record that a page shows; each resource belongs to exactly one.</summary>
public enum Section
{
    Demographics, Problems, Allergies, Medicines, Results, Measurements, Immunisations, Procedures, Appointments, Encounters, Referrals,
    Documents, SocialCare, CarePlans, CareTeam, Contacts, Alerts, FamilyHistory, Other,
}

/// <summary>
/// What a list or timeline shows of one resource, extracted once at write, so that opening a record parses no resource.
/// Text is as the source sent it; nothing is inferred.
/// </summary>
public sealed record Card
{
    public required Section Section { get; init; }

    /// <summary>The item in a few words: the code's display, else its original text, else a plain name of the type.</summary>
    public required string Title { get; init; }

    /// <summary>The code that <see cref="Title"/> stands for: system and code as sent.</summary>
    public string? System { get; init; }

    public string? Code { get; init; }

    /// <summary>The source's own words (<c>CodeableConcept.text</c>), where they differ from the title.</summary>
    public string? OriginalText { get; init; }

    /// <summary>The FHIR status (clinical status for problems and allergies).</summary>
    public string? Status { get; init; }

    /// <summary>Verification status of problems and allergies: <c>unconfirmed</c>, <c>refuted</c>, …</summary>
    public string? Verification { get; init; }

    /// <summary>When it happened, as a FHIR date or dateTime, with the precision that the source gave (<c>2024-05</c> stays a month).</summary>
    public string? When { get; init; }

    /// <summary>When it ended (encounters, medicines, problems), same form.</summary>
    public string? Until { get; init; }

    /// <summary>When the source recorded it, same form.</summary>
    public string? Recorded { get; init; }

    /// <summary>Who wrote it, by name, as sent.</summary>
    public string? Author { get; init; }

    /// <summary>The organisation, ward or clinic, as sent.</summary>
    public string? Place { get; init; }

    /// <summary>The number of a quantity, with <see cref="Comparator"/>, <see cref="Unit"/> (as shown) and <see cref="UnitCode"/> (UCUM).</summary>
    public decimal? Value { get; init; }

    public string? Comparator { get; init; }

    public string? Unit { get; init; }

    public string? UnitCode { get; init; }

    /// <summary>The numbers of a measurement that has several, such as systolic and diastolic pressure.</summary>
    public CardParts Parts { get; init; } = CardParts.None;

    /// <summary>A value that is not a quantity, or the dose of a medicine, or a short description.</summary>
    public string? Text { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    /// <summary>The reference range as sent, where it is not two numbers.</summary>
    public string? RangeText { get; init; }

    /// <summary>The interpretation code (H, L, HH, LL, A, N …).</summary>
    public string? Interpretation { get; init; }

    /// <summary>Criticality of an allergy, priority of a referral, severity.</summary>
    public string? Severity { get; init; }

    /// <summary>The id (Type/id) of the report, encounter or problem that it belongs to.</summary>
    public string? PartOf { get; init; }

    /// <summary>The id (Type/id) of the document that this one takes the place of.</summary>
    public string? Replaces { get; init; }

    /// <summary>A key that is equal for versions of one letter or repeats of one test (system|code, or the document set).</summary>
    public string? Group { get; init; }

    /// <summary>True where the source has withdrawn it (<c>entered-in-error</c>, <c>cancelled</c> report): not shown, kept as a tombstone.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>Words that text search inside the record looks at beside those that the card shows (<see cref="SearchWords"/>).</summary>
    public string? SearchText { get; init; }

    /// <summary>The card without places and, of people and teams, without who they are: for a person whose address is protected.</summary>
    public Card WithoutPlaces()
    {
        bool isPeople = Section is Section.Demographics or Section.Contacts or Section.CareTeam;
        Card masked = this with { Place = null, Author = isPeople ? null : Author, Text = isPeople ? null : Text, SearchText = null };
        return masked with { SearchText = SearchWords.Of(masked) };
    }
}
