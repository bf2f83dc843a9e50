using Canonbury.Fhir.Cards;
using Canonbury.Fhir.Text;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record.Banner;

namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>
/// One section of the PRSB Core Information Standard and where a record shows it, so that no section of the standard is silently
/// absent (C4).
/// </summary>
/// <param name="Shown">The section of the record that holds it; null where no source has a form for it yet.</param>
/// <param name="Is">Which items of that section it is made of; null for all.</param>
public sealed record CoreSection(string Name, Section? Shown, Func<RecordItem, bool>? Is = null)
{
    public static readonly IReadOnlyList<CoreSection> All =
    [
        new("Person demographics", Section.Demographics),
        new("GP practice", Section.Demographics),
        new("Personal contacts", Section.Contacts),
        new("Professional contacts", Section.CareTeam),
        new("About me", null),
        new("Individual requirements", Section.Alerts, Adjustment.Is),
        new("Legal information", null),
        new("Safeguarding", Section.Alerts, Named("safeguarding", "child protection", "protection plan")),
        new("Alerts", Section.Alerts, item => !Adjustment.Is(item)),
        new("Risks", Section.Alerts, Named("risk", "hazard")),
        new("Allergies and adverse reactions", Section.Allergies),
        new("Problem list", Section.Problems),
        new("Family history", Section.FamilyHistory),
        new("Social context", Section.Measurements, Named(
            "smok", "tobacco", "alcohol", "occupation", "employment", "housing", "accommodation", "lives", "living", "diet", "exercise", "drug use")),
        new("Medications and medical devices", Section.Medicines),
        new("Vaccinations", Section.Immunisations),
        new("Procedures and therapies", Section.Procedures),
        new("Investigation results", Section.Results),
        new("Examination findings and measurements", Section.Measurements),
        new("Assessments", Section.Measurements, Named("assessment", "score", "scale", "questionnaire")),
        new("Formulation", null),
        new("Pregnancy status", Section.Measurements, Named("pregnan")),
        new("Contacts with professionals and encounters", Section.Encounters),
        new("Admissions", Section.Encounters, Named("stay", "admission", "inpatient")),
        new("Discharges", Section.Encounters, item => Named("stay", "admission", "inpatient")(item) && item.Card.Until is not null),
        new("Referrals", Section.Referrals),
        new("Future appointments", Section.Appointments),
        new("Care and support plan", Section.CarePlans),
        new("Contingency plans", Section.CarePlans, Named("contingency", "crisis")),
        new("Additional supporting plans", Section.CarePlans, item => !Named("care and support", "contingency", "crisis", "end of life", "escalation")(item)),
        new("End of life and treatment escalation plans", Section.CarePlans, Named("end of life", "escalation", "resuscitation", "advance care")),
        new("Services and care", Section.SocialCare),
        new("Documents and correspondence", Section.Documents),
    ];

    /// <summary>Why the section shows nothing; null where the part of the record that holds it shows something of it.</summary>
    public EmptySection? EmptyIn(RecordView record)
    {
        if (Shown is not { } section)
        {
            return WhyEmpty.Of(
                new SectionWords(Section.Other, "", Name, $"entries for “{Name.ToLowerInvariant()}”"), !record.Receipt.SomeWithheld, [], record.Receipt);
        }

        SectionView view = record[section];
        if (view.Empty is not null || Is is null || view.Items.Any(Is))
        {
            return view.Empty;
        }

        // The other items of the part are no answer to this one; what is waiting or silent may still be.
        return WhyEmpty.Of(view.Words with { Things = $"entries for “{Name.ToLowerInvariant()}”" }, true, [], record.Receipt);
    }

    /// <summary>By words of the item's name: no source sends a code for the section of the standard.</summary>
    private static Func<RecordItem, bool> Named(params string[] words) => item =>
    {
        string name = Folding.Fold(string.Join(' ', item.Card.Title, item.Card.OriginalText));
        return words.Any(word => name.Contains(word, StringComparison.Ordinal));
    };
}
