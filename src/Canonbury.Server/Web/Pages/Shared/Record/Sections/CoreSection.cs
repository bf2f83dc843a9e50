using Canonbury.Fhir.Cards;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>
/// One section of the PRSB Core Information Standard and where a record shows it, so that no section of the standard is silently
/// absent (C4).
/// </summary>
/// <param name="Shown">The section of the record that holds it; null where no source has a form for it yet.</param>
public sealed record CoreSection(string Name, Section? Shown)
{
    public static readonly IReadOnlyList<CoreSection> All =
    [
        new("Person demographics", Section.Demographics),
        new("GP practice", Section.Demographics),
        new("Personal contacts", Section.Contacts),
        new("Professional contacts", Section.CareTeam),
        new("About me", null),
        new("Individual requirements", Section.Alerts),
        new("Legal information", null),
        new("Safeguarding", Section.Alerts),
        new("Alerts", Section.Alerts),
        new("Risks", Section.Alerts),
        new("Allergies and adverse reactions", Section.Allergies),
        new("Problem list", Section.Problems),
        new("Family history", Section.FamilyHistory),
        new("Social context", Section.Measurements),
        new("Medications and medical devices", Section.Medicines),
        new("Vaccinations", Section.Immunisations),
        new("Procedures and therapies", Section.Procedures),
        new("Investigation results", Section.Results),
        new("Examination findings and measurements", Section.Measurements),
        new("Assessments", Section.Measurements),
        new("Formulation", null),
        new("Pregnancy status", Section.Measurements),
        new("Contacts with professionals and encounters", Section.Encounters),
        new("Admissions", Section.Encounters),
        new("Discharges", Section.Encounters),
        new("Referrals", Section.Referrals),
        new("Future appointments", Section.Appointments),
        new("Care and support plan", Section.CarePlans),
        new("Contingency plans", Section.CarePlans),
        new("Additional supporting plans", Section.CarePlans),
        new("End of life and treatment escalation plans", Section.CarePlans),
        new("Services and care", Section.SocialCare),
        new("Documents and correspondence", Section.Documents),
    ];

    /// <summary>Why the section shows nothing; null where the part of the record that holds it shows something.</summary>
    public EmptySection? EmptyIn(RecordView record) => Shown is { } section
        ? record[section].Empty
        : WhyEmpty.Of(
            new SectionWords(Section.Other, "", Name, $"entries for “{Name.ToLowerInvariant()}”"),
            !record.Receipt.SomeWithheld,
            [],
            record.Receipt);
}
