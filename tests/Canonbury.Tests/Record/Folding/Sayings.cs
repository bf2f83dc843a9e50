using Canonbury.Fhir.Statements;
using CsCheck;
using Hl7.Fhir.Model;

namespace Canonbury.Tests.Record.Folding;

/// <summary>Random statements about one patient: single elements, slices, bare clears, snapshots and deletions.</summary>
internal static class Sayings
{
    private const string Nationality = "http://hl7.org/fhir/StructureDefinition/patient-nationality";

    private static readonly Action<Patient, int>[] Parts =
    [
        (patient, value) => patient.BirthDate = $"19{value}0-05-01",
        (patient, value) => patient.Active = value % 2 == 0,
        (patient, value) => patient.Deceased = value % 2 == 0 ? new FhirBoolean(true) : new FhirDateTime($"202{value}"),
        (patient, value) => patient.Identifier.Add(new Identifier("urn:a", $"A{value}")),
        (patient, value) => patient.Identifier.Add(new Identifier("urn:b", $"B{value}")),
        (patient, value) => patient.Identifier.Add(new Identifier("urn:b", $"BB{value}")),
        (patient, value) => patient.Identifier.Add(new Identifier(null, $"N{value}")),
        (patient, value) => patient.Identifier.Add(NhsNumber(value % 2 == 0 ? "9990000018" : "9990000026", traced: value % 3 == 0)),
        (patient, value) => patient.Name.Add(new HumanName { Use = HumanName.NameUse.Official, Family = $"F{value}" }),
        (patient, value) => patient.Name.Add(new HumanName { Use = HumanName.NameUse.Old, Family = $"O{value}" }),
        (patient, value) => patient.Telecom.Add(new ContactPoint(ContactPoint.ContactPointSystem.Phone, ContactPoint.ContactPointUse.Home, $"0{value}")),
        (patient, value) => patient.Address.Add(new Address { Use = Address.AddressUse.Home, PostalCode = $"N{value} 1AA" }),
        (patient, value) => patient.Extension.Add(new Extension(Nationality, new FhirString($"n{value}"))),

        // The URL of one extension may be the beginning of another's.
        (patient, value) => patient.Extension.Add(new Extension(Nationality + "/earlier", new FhirString($"e{value}"))),
        (patient, value) => patient.GeneralPractitioner.Add(new ResourceReference { Display = $"Dr {value}" }),
        (patient, value) => patient.Meta = new Meta { Security = [new Coding("urn:c", value % 2 == 0 ? "R" : "N")] },
    ];

    private static readonly string[] Clearable =
    [
        "identifier", "name", "telecom", "address", "extension", "birthDate", "deceased", "generalPractitioner", "meta",
        "identifier/urn:a", "identifier/urn:b", "identifier/", "identifier/https://fhir.nhs.uk/Id/nhs-number", "name/official", "name/old", "telecom/phone.home", "address/home",
        "extension/" + Nationality, "extension/" + Nationality + "/earlier",
    ];

    private static readonly Gen<Patient> Content = Gen.Select(Gen.Int[0, Parts.Length - 1], Gen.Int[1, 9]).Array[0, 6].Select(chosen =>
    {
        Patient patient = new();
        foreach ((int part, int value) in chosen)
        {
            Parts[part](patient, value);
        }

        return patient;
    });

    private static readonly Gen<StatementMode> Mode =
        Gen.Frequency((6, Gen.Const(StatementMode.Elements)), (2, Gen.Const(StatementMode.Snapshot)), (1, Gen.Const(StatementMode.Delete)));

    /// <summary>From one to so many statements, each with a stamp of its own, in the order in which they were said.</summary>
    public static Gen<Said[]> UpTo(int most) => Gen.Select(Mode, Content, Gen.Int[0, Clearable.Length - 1].Array[0, 3]).Array[1, most]
        .Select(sayings => sayings.Select((saying, at) => Make(at, saying)).ToArray());

    private static Identifier NhsNumber(string number, bool traced) => new("https://fhir.nhs.uk/Id/nhs-number", number)
    {
        Extension = traced ? [new Extension(Canonbury.Fhir.Identifiers.NhsNumber.StatusExtension, new CodeableConcept("urn:s", "01"))] : [],
    };

    private static Said Make(int at, (StatementMode Mode, Patient Content, int[] Cleared) saying) => saying.Mode switch
    {
        // Only single elements are ever stated as a fallback.
        _ when at == 0 => Said.Elements(0, saying.Content),
        StatementMode.Elements => Said.Elements(at, saying.Content, [.. saying.Cleared.Select(key => Clearable[key]).Distinct()]),
        StatementMode.Snapshot => Said.Snapshot(at, saying.Content),
        _ => Said.Deletion(at),
    };
}
