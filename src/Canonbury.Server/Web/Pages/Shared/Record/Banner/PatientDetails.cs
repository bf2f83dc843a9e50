using System.Globalization;
using System.Text.Json;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Json;
using Canonbury.Server.Web.Words;

namespace Canonbury.Server.Web.Pages.Shared.Record.Banner;

/// <summary>What the banner reads from one source's <c>Patient</c> (UK Core), as that source sent it.</summary>
public sealed record PatientDetails
{
    private const string NhsNumberSystem = "https://fhir.nhs.uk/Id/nhs-number";

    public required LinkedPatient Patient { get; init; }

    /// <summary>As the NHS writes it: <c>SMITH, John (Mr)</c>.</summary>
    public required string Name { get; init; }

    public DateOnly? BirthDate { get; init; }

    public string? BirthText { get; init; }

    public string? NhsNumber { get; init; }

    public bool NhsNumberVerified { get; init; }

    public string? Gender { get; init; }

    public string? Address { get; init; }

    public string? Phone { get; init; }

    /// <summary>The general practitioner by name.</summary>
    public string? Doctor { get; init; }

    /// <summary>The general practice with its ODS code.</summary>
    public string? Practice { get; init; }

    /// <summary>Doctor and practice on one line; null where neither is known.</summary>
    public string? GeneralPractice => (Doctor, Practice) switch
    {
        (null, null) => null,
        (null, _) => Practice,
        (_, null) => Doctor,
        _ => $"{Doctor}, {Practice}",
    };

    /// <summary>Languages and the need for an interpreter.</summary>
    public string? Communication { get; init; }

    public bool Deceased { get; init; }

    public FhirDate? DeathDate { get; init; }

    public static PatientDetails Read(LinkedPatient patient)
    {
        using JsonDocument document = JsonDocument.Parse(patient.Json);
        JsonElement root = document.RootElement;
        JsonElement? nhsNumber =
            root.List("identifier").Where(id => id.Text("system") == NhsNumberSystem).Cast<JsonElement?>().FirstOrDefault();
        string? born = root.Text("birthDate");
        bool isWhole = DateOnly.TryParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date);
        return new PatientDetails
        {
            Patient = patient,
            Name = NameText.Of(root.List("name")) ?? "Name not known",
            BirthDate = isWhole ? date : null,
            BirthText = FhirDate.Parse(born)?.Text,
            NhsNumber = nhsNumber?.Text("value"),
            NhsNumberVerified = nhsNumber is { } id && Verified(id),
            Gender = root.Text("gender"),
            Address = AddressText.Of(root.List("address")),
            Phone = root.List("telecom")
                .Where(telecom => telecom.Text("system") == "phone")
                .Select(telecom => telecom.Text("value"))
                .FirstOrDefault(),
            Doctor = root.List("generalPractitioner").Where(reference => !IsPractice(reference)).Select(Words).FirstOrDefault(text => text is not null),
            Practice = root.List("generalPractitioner").Where(IsPractice).Select(Words).FirstOrDefault(text => text is not null),
            Communication = CommunicationText(root),
            Deceased = root.TryGetProperty("deceasedDateTime", out _) || root.Flag("deceasedBoolean"),
            DeathDate = FhirDate.Parse(root.Text("deceasedDateTime")),
        };
    }

    // UK Core NHSNumberVerificationStatus: 01 is "number present and verified".
    private static bool Verified(JsonElement identifier) => identifier.List("extension")
        .Where(extension => extension.Text("url")?.EndsWith("NHSNumberVerificationStatus", StringComparison.Ordinal) == true)
        .SelectMany(extension => extension.Child("valueCodeableConcept")?.List("coding") ?? [])
        .Any(coding => coding.Text("code") is "01" or "number-present-and-verified");

    // UK Core: generalPractitioner names a practice, a doctor, or both.
    private static bool IsPractice(JsonElement reference) => reference.Text("type") == "Organization"
        || reference.Text("reference")?.StartsWith("Organization/", StringComparison.Ordinal) == true
        || reference.Child("identifier")?.Text("system") == "https://fhir.nhs.uk/Id/ods-organization-code"
        || (reference.Text("type") is null && reference.Text("reference") is null && reference.Child("identifier") is not null);

    private static string? Words(JsonElement reference)
    {
        string? name = reference.Text("display");
        string? code = IsPractice(reference) ? reference.Child("identifier")?.Text("value") : null;
        return (name, code) switch
        {
            (null, null) => null,
            (null, _) => code,
            (_, null) => name,
            _ => $"{name} ({code})",
        };
    }

    private static string? CommunicationText(JsonElement root)
    {
        IEnumerable<string> languages = root.List("communication")
            .Select(entry => entry.Child("language") is { } language ? CodeText.Of(language) : null)
            .OfType<string>();
        bool interpreter = root.List("extension").Any(extension =>
            extension.Text("url")?.EndsWith("NHSCommunication", StringComparison.Ordinal) == true
            && extension.List("extension").Any(part => part.Text("url") == "interpreterRequired" && part.Flag("valueBoolean")));
        string text = string.Join(", ", languages.Concat(interpreter ? ["interpreter needed"] : []));
        return text.Length == 0 ? null : text;
    }
}
