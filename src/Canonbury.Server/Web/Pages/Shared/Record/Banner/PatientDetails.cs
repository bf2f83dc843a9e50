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

    public string? Practice { get; init; }

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
            Practice = root.List("generalPractitioner").Select(Practitioner).FirstOrDefault(text => text is not null),
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

    private static string? Practitioner(JsonElement reference)
    {
        string? code = reference.Child("identifier")?.Text("value");
        string? name = reference.Text("display");
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
