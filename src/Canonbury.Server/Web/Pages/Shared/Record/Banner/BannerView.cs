using Canonbury.Fhir.Cards;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record.Sections;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Banner;

/// <summary>Who the record is about and what must not be missed: the banner that stands on every page of it (D3, DAPB4019).</summary>
/// <param name="Lead">The patient whose details are shown: one with a verified NHS number before others, then the newest.</param>
/// <param name="BornText">Date of birth and age, or the age at death.</param>
/// <param name="Allergies">Names of current allergies; empty where none is known.</param>
/// <param name="NoAllergiesWords">What stands there instead of names.</param>
/// <param name="NoAlertsWords">What stands there where no alert is current.</param>
/// <param name="NoAdjustmentsWords">What stands there where no reasonable adjustment is current.</param>
/// <param name="Disagreements">Details in which the sources differ, in words.</param>
public sealed record BannerView(
    PatientDetails Lead,
    IReadOnlyList<PatientDetails> Patients,
    string BornText,
    string NhsNumberText,
    string NhsNumberStatus,
    string Sex,
    IReadOnlyList<RecordItem> Allergies,
    string NoAllergiesWords,
    IReadOnlyList<RecordItem> Alerts,
    string NoAlertsWords,
    IReadOnlyList<RecordItem> Adjustments,
    string NoAdjustmentsWords,
    IReadOnlyList<string> Disagreements)
{
    public string? DeceasedText => Patients.FirstOrDefault(patient => patient.Deceased) is not { } dead ? null
        : dead.DeathDate is { } date ? $"Died {date.Text}" : "Deceased, date not known";

    public static BannerView Build(RecordView record)
    {
        List<PatientDetails> patients = [.. record.Record.Patients.Select(PatientDetails.Read)
            .OrderByDescending(patient => patient.NhsNumberVerified)
            .ThenByDescending(patient => patient.NhsNumber is not null)
            .ThenByDescending(patient => patient.BirthDate is not null)
            .ThenByDescending(patient => patient.Patient.ReceivedAt)];
        if (patients.Count == 0)
        {
            throw new ArgumentException("A record without a patient has nobody to show.", nameof(record));
        }

        PatientDetails lead = patients[0];
        lead = lead with
        {
            Address = lead.Address ?? Other(patients, patient => patient.Address),
            Phone = lead.Phone ?? Other(patients, patient => patient.Phone),
            Doctor = lead.Doctor ?? Other(patients, patient => patient.Doctor),
            Practice = lead.Practice ?? Other(patients, patient => patient.Practice),
            Gender = lead.Gender ?? Other(patients, patient => patient.Gender),
            Communication = lead.Communication ?? Other(patients, patient => patient.Communication),
        };
        SectionView allergies = record[Section.Allergies];
        SectionView flags = record[Section.Alerts];
        ILookup<bool, RecordItem> alerts = flags.Current.ToLookup(Adjustment.Is);
        return new BannerView(
            lead,
            patients,
            Born(lead, patients, record.Now),
            lead.NhsNumber is { } number ? Words.NhsNumberText.Format(number) : "Not known",
            lead.NhsNumber is null ? "" : lead.NhsNumberVerified ? "verified" : "not verified",
            SexText.Of(lead.Gender),
            allergies.Empty?.Kind == EmptyKind.Withheld ? [] : allergies.Current,
            NoAllergies(allergies),
            [.. alerts[false]],
            NoFlags(flags, adjustments: false),
            [.. alerts[true]],
            NoFlags(flags, adjustments: true),
            [.. Differences(patients), .. Elsewhere(record), .. allergies.SourcesDisagree
                ? ["one source says “no known allergies” and another names some"] : Array.Empty<string>()]);
    }

    private static string? Other(IEnumerable<PatientDetails> patients, Func<PatientDetails, string?> detail) =>
        patients.Select(detail).FirstOrDefault(text => text is not null);

    private static string Born(PatientDetails lead, IEnumerable<PatientDetails> patients, DateTimeOffset now)
    {
        if (lead.BirthDate is not { } born)
        {
            return lead.BirthText ?? "Not known";
        }

        PatientDetails? dead = patients.FirstOrDefault(patient => patient.Deceased);
        return dead switch
        {
            null => $"{UkTime.Date(born)} ({Age.At(born, UkTime.DateOf(now))})",
            { DeathDate: { HasDay: true } died } => $"{UkTime.Date(born)} (died aged {Age.At(born, died.Day)})",
            _ => UkTime.Date(born),
        };
    }

    private static string NoAllergies(SectionView allergies) => allergies.Empty?.Kind switch
    {
        EmptyKind.NoneRecorded => $"{allergies.SaysNone[0].Card.Title} (recorded by a source)",
        EmptyKind.NotShared => "Not shared by any source: not known",
        EmptyKind.Withheld => "Nothing available to you",
        EmptyKind.NoAnswer => "Not known: a source did not answer",
        EmptyKind.NotYetUsable => "Not known: a message is waiting",
        _ => "None current; see past allergies",
    };

    private static string NoFlags(SectionView flags, bool adjustments) => flags.Empty?.Kind switch
    {
        EmptyKind.NoneRecorded => "None (recorded by a source)",
        EmptyKind.NotShared => "Not shared by any source",
        EmptyKind.Withheld => "Nothing available to you",
        EmptyKind.NoAnswer => "Not known: a source did not answer",
        EmptyKind.NotYetUsable => "Not known: a message is waiting",
        _ when flags.Items.Any(item => Adjustment.Is(item) == adjustments) => "None current",
        _ => "None among what is shared",
    };

    private static IEnumerable<string> Elsewhere(RecordView record)
    {
        if (record.OtherRecords.Count > 0)
        {
            string sources = string.Join(" and ", record.OtherRecords.Select(source => record.SourceName(source.Value)));
            yield return $"{sources} {(record.OtherRecords.Count == 1 ? "has" : "have")} a record with this NHS number that is not part of this one";
        }
    }

    private static IEnumerable<string> Differences(IReadOnlyList<PatientDetails> patients)
    {
        static bool Differ<T>(IEnumerable<T?> values) => values.OfType<T>().Distinct().Skip(1).Any();

        if (Differ(patients.Select(patient => patient.BirthText)))
        {
            yield return "dates of birth differ between sources";
        }

        if (Differ(patients.Select(patient => patient.NhsNumber)))
        {
            yield return "NHS numbers differ between sources";
        }

        if (Differ(patients.Select(patient => patient.Gender)))
        {
            yield return "sex differs between sources";
        }

        if (Differ(patients.Select(patient => patient.Practice)))
        {
            yield return "GP practice differs between sources";
        }

        if (Differ(patients.Select(patient => (bool?)patient.Deceased)))
        {
            yield return "not every source knows of the death";
        }
    }
}
