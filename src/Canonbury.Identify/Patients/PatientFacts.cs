using System.Collections.Immutable;
using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;

namespace Canonbury.Identify.Patients;

/// <summary>What of one source's <c>Patient</c> tells who the person is. Pure: read from the resource as the source's statements made it.</summary>
/// <param name="LocalId">The number by which the source knows the patient; empty where it sent none.</param>
/// <param name="NhsNumber">Ten digits that pass the check, or null.</param>
/// <param name="NhsVerified">True where the source states that the number was traced (NHS Data Dictionary status 01).</param>
/// <param name="Names">The current name first, then former ones and aliases.</param>
/// <param name="BirthDate">ISO date, or null.</param>
/// <param name="ReplacedBy">The patient under which the source goes on.</param>
public sealed record PatientFacts(
    string LocalId,
    string? NhsNumber,
    bool NhsVerified,
    ImmutableArray<FindName> Names,
    string? BirthDate,
    string? Gender,
    string? Address,
    string? Postcode,
    bool Deceased,
    bool Sensitive,
    PatientId? ReplacedBy)
{
    /// <summary>Every identifier: value and system.</summary>
    public required ImmutableArray<(string Value, string System)> Identifiers { get; init; }

    public FindFacts ToFind() => new(Names, BirthDate);

    /// <summary>True where nothing that linking looks at differs.</summary>
    public bool SameIdentity(PatientFacts other) => NhsNumber == other.NhsNumber && NhsVerified == other.NhsVerified && BirthDate == other.BirthDate
        && Gender == other.Gender && Postcode == other.Postcode && ReplacedBy == other.ReplacedBy && Names.SequenceEqual(other.Names);

    /// <param name="self">The patient that the resource is, and whose it is: they tell whom its links mean.</param>
    public static PatientFacts Of(Patient patient, PatientId self, SourceId source)
    {
        (string? number, bool verified) = NumberOf(patient);
        Address? lives = patient.Address.Find(address => address.Use is null or Hl7.Fhir.Model.Address.AddressUse.Home) ?? patient.Address.FirstOrDefault();
        return new PatientFacts(
            patient.Identifier.Find(identifier => identifier.System != Fhir.Identifiers.NhsNumber.System && identifier.Value is not null)?.Value ?? "",
            number,
            verified,
            [.. patient.Name.OrderBy(Rank).Select(Name).Distinct()],
            patient.BirthDate,
            patient.Gender?.GetLiteral(),
            lives is null ? null : Joined(lives.Line.Append(lives.City), ", "),
            lives?.PostalCode,
            patient.Deceased is FhirBoolean { Value: true } or FhirDateTime,
            patient.Meta?.Security.Exists(label => label.Code is "R" or "V") ?? false,
            patient.Link.Find(link => link.Type == Patient.LinkType.ReplacedBy)?.Other?.Reference is { } other ? IdIn(other, patient.Id == self.ToString(), source) : null)
        {
            Identifiers = [.. patient.Identifier.Where(identifier => !string.IsNullOrEmpty(identifier.Value)).Select(ValueOf).Distinct()],
        };
    }

    // UK Core Extension-UKCore-NHSNumberVerificationStatus; a number whose check digit is wrong is no NHS number (feature B1).
    internal static (string? Number, bool Verified) NumberOf(Patient patient)
    {
        foreach (Identifier identifier in patient.Identifier.Where(identifier => identifier.System == Fhir.Identifiers.NhsNumber.System))
        {
            if (Fhir.Identifiers.NhsNumber.TryParse(identifier.Value, out NhsNumber number))
            {
                return (number.Digits, identifier.Extension.Exists(extension =>
                    extension.Url?.EndsWith("NHSNumberVerificationStatus", StringComparison.Ordinal) == true
                    && extension.Value is CodeableConcept status && status.Coding.Exists(coding => coding.Code is "01" or "number-present-and-verified")));
            }
        }

        return (null, false);
    }

    private static int Rank(HumanName name) => name.Use switch
    {
        HumanName.NameUse.Official => 0,
        HumanName.NameUse.Usual or null => 1,
        HumanName.NameUse.Old => 4,
        HumanName.NameUse.Maiden => 3,
        _ => 2,
    };

    private static FindName Name(HumanName name) => name.Family is null && !name.Given.Any() ? new FindName(name.Text, null) : new FindName(name.Family, Joined(name.Given));

    private static string? Joined(IEnumerable<string?> parts, string between = " ")
    {
        string joined = string.Join(between, parts.Where(part => !string.IsNullOrWhiteSpace(part)));
        return joined.Length > 0 ? joined : null;
    }

    /// <summary>NHS numbers are written with spaces and without; they are found as ten digits.</summary>
    private static (string Value, string System) ValueOf(Identifier identifier) =>
        identifier.System == Fhir.Identifiers.NhsNumber.System && Fhir.Identifiers.NhsNumber.TryParse(identifier.Value, out NhsNumber number)
            ? (number.Digits, identifier.System)
            : (identifier.Value!, identifier.System ?? "");

    /// <param name="mapped">True where the source's ids are the keys themselves; where they are kept as sent, the key is made from them.</param>
    private static PatientId? IdIn(string reference, bool mapped, SourceId source) => reference.Split('/') is not [.., "Patient", var id]
        ? null
        : !mapped ? PatientId.Of(source, id)
        : Guid.TryParseExact(id, "D", out Guid key) ? new PatientId(key) : null;
}
