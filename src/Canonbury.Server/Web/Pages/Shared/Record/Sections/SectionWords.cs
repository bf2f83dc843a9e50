using System.Collections.Frozen;
using Canonbury.Fhir.Cards;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>How a section is named on pages and in addresses.</summary>
/// <param name="Slug">Its part of the address.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Things">What it holds, in the middle of a sentence: "no … were sent".</param>
public sealed record SectionWords(Section Section, string Slug, string Title, string Things)
{
    /// <summary>Every section in the order of the menu.</summary>
    public static readonly IReadOnlyList<SectionWords> All =
    [
        new(Section.Problems, "problems", "Problems", "problems or diagnoses"),
        new(Section.Medicines, "medicines", "Medicines", "medicines"),
        new(Section.Allergies, "allergies", "Allergies", "allergies or adverse reactions"),
        new(Section.Alerts, "alerts", "Alerts and adjustments", "alerts or reasonable adjustments"),
        new(Section.Results, "results", "Results", "test results"),
        new(Section.Measurements, "measurements", "Measurements", "measurements"),
        new(Section.Appointments, "appointments", "Appointments", "appointments"),
        new(Section.Encounters, "contacts-and-stays", "Hospital stays and contacts", "hospital stays or contacts with services"),
        new(Section.Documents, "documents", "Documents", "letters or documents"),
        new(Section.Referrals, "referrals", "Referrals", "referrals"),
        new(Section.Immunisations, "immunisations", "Immunisations", "immunisations"),
        new(Section.Procedures, "procedures", "Procedures", "procedures"),
        new(Section.CarePlans, "care-plans", "Care plans", "care plans"),
        new(Section.SocialCare, "social-care", "Social care", "social care services"),
        new(Section.CareTeam, "care-team", "Care team", "care team members"),
        new(Section.Contacts, "family-and-contacts", "Family and contacts", "family members or other contacts"),
        new(Section.FamilyHistory, "family-history", "Family history", "illnesses in the family"),
        new(Section.Demographics, "about", "About this person", "details about the person"),
        new(Section.Other, "other", "Other items", "other items"),
    ];

    private static readonly FrozenDictionary<Section, SectionWords> BySection = All.ToFrozenDictionary(words => words.Section);

    private static readonly FrozenDictionary<string, SectionWords> BySlug =
        All.ToFrozenDictionary(words => words.Slug, StringComparer.Ordinal);

    public static SectionWords Of(Section section) => BySection[section];

    /// <summary>The section of an address; null for an unknown one.</summary>
    public static SectionWords? At(string slug) => BySlug.GetValueOrDefault(slug);
}
