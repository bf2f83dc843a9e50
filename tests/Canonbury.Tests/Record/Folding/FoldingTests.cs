using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;
using Canonbury.Record.Folding;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Record.Folding;

public sealed class FoldingTests
{
    [Fact]
    public void OlderStatement_ThatComesLate_NeverOverwritesANewerOne()
    {
        Patient patient = Fold(
            Said.Elements(6, new Patient { BirthDate = "1950-01-02", Active = true }),
            Said.Elements(3, new Patient { BirthDate = "1950-02-01", Deceased = new FhirBoolean(true) }));

        Assert.Equal("1950-01-02", patient.BirthDate);
        Assert.Equal(true, (patient.Deceased as FhirBoolean)?.Value);
    }

    [Fact]
    public void NotMentioned_StaysAsItWas_AndClearedGoes()
    {
        Patient patient = Fold(
            Said.Elements(1, new Patient { BirthDate = "1950-01-02", Gender = AdministrativeGender.Female, Deceased = new FhirDateTime("2026-01-01") }),
            Said.Elements(2, new Patient { Gender = AdministrativeGender.Female }, "deceased"));

        Assert.Equal("1950-01-02", patient.BirthDate);
        Assert.Null(patient.Deceased);
    }

    [Fact]
    public void ThinStatement_OfIdentifierAndNameOnly_ErasesNothing()
    {
        Patient full = new()
        {
            BirthDate = "1950-01-02",
            Deceased = new FhirBoolean(true),
            Identifier = [new Identifier("urn:nhs", "9990000018"), new Identifier("urn:pas", "H1")],
            Name = [new HumanName { Use = HumanName.NameUse.Official, Family = "SAMPLE", Given = ["Ann"] }],
            Address = [new Address { Use = Address.AddressUse.Home, PostalCode = "N1 1AA" }],
            Telecom = [new ContactPoint(ContactPoint.ContactPointSystem.Phone, ContactPoint.ContactPointUse.Home, "020 7946 0001")],
        };
        Patient thin = new()
        {
            Identifier = [new Identifier("urn:pas", "H1")],
            Name = [new HumanName { Use = HumanName.NameUse.Official, Family = "SAMPLE", Given = ["Ann"] }],
        };

        Patient patient = Fold(Said.Elements(1, (Patient)full.DeepCopy()), Said.Elements(2, thin));

        full.Id = Said.Id;
        Assert.True(full.IsExactly(patient), "Something of the full statement is missing.");
    }

    // PID-32 is seldom repeated: a message that gives the number alone does not take its verification back, and a new number has none.
    [Fact]
    public void VerificationOfANumber_OutlivesAThinStatementOfThatNumber_AndNoOther()
    {
        Patient traced = new() { Identifier = [Number("9990000018")] };
        traced.Identifier[0].Extension.Add(new Extension(Canonbury.Fhir.Identifiers.NhsNumber.StatusExtension, new CodeableConcept("urn:s", "01")));
        Said first = Said.Elements(1, traced);
        Said thin = Said.Elements(2, new Patient { Identifier = [Number("9990000018")] });
        Said changed = Said.Elements(3, new Patient { Identifier = [Number("9990000026")] });

        Assert.Single(Assert.Single(Fold(first, thin).Identifier).Extension);
        Assert.Single(Assert.Single(Fold(thin, first).Identifier).Extension);
        Assert.Empty(Assert.Single(Fold(changed, first, thin).Identifier).Extension);

        static Identifier Number(string value) => new("https://fhir.nhs.uk/Id/nhs-number", value);
    }

    [Fact]
    public void BeginningAndEndOfAStay_AreSaidByDifferentMessages()
    {
        Encounter admitted = new() { Id = Said.Id, Period = new Period { Start = "2026-03-01" }, Hospitalization = new() { AdmitSource = new CodeableConcept("urn:a", "1") } };
        Encounter discharged = new() { Id = Said.Id, Period = new Period { End = "2026-03-04" }, Hospitalization = new() { DischargeDisposition = new CodeableConcept("urn:d", "2") } };
        foreach (bool late in new[] { false, true })
        {
            FoldedContent content = new(new Encounter { Id = Said.Id }, new FoldState());
            foreach ((Encounter said, int at) in late ? [(discharged, 2), (admitted, 1)] : new[] { (admitted, 1), (discharged, 2) })
            {
                content.Take(new ResourceStatement { Content = said, Mode = StatementMode.Elements, Owner = PatientId.Nobody }, Said.StampOf(at));
            }

            Encounter stay = (Encounter)Said.Stored(content).Build();
            Assert.Equal(("2026-03-01", "2026-03-04"), (stay.Period.Start, stay.Period.End));
            Assert.Equal(("1", "2"), (stay.Hospitalization.AdmitSource.Coding[0].Code, stay.Hospitalization.DischargeDisposition.Coding[0].Code));
        }
    }

    [Fact]
    public void BareClear_TakesEverySliceThatIsOlder_AndLeavesNewerOnes()
    {
        Patient patient = Fold(
            Said.Elements(5, new Patient { Identifier = [new Identifier("urn:new", "N")] }),
            Said.Elements(4, new Patient(), "identifier"),
            Said.Elements(2, new Patient { Identifier = [new Identifier("urn:late", "L")] }),
            Said.Elements(1, new Patient { Identifier = [new Identifier("urn:old", "O")] }));

        Assert.Equal("N", Assert.Single(patient.Identifier).Value);
    }

    [Fact]
    public void ClearOfAnExtension_LeavesOneWhoseUrlBeginsTheSame()
    {
        Patient patient = Fold(
            Said.Elements(1, new Patient { Extension = [new Extension("urn:x", new FhirString("1")), new Extension("urn:x/y", new FhirString("2"))] }),
            Said.Elements(2, new Patient(), "extension/urn:x"));

        Assert.Equal("urn:x/y", Assert.Single(patient.Extension).Url);
    }

    [Fact]
    public void SnapshotAlone_StaysInTheOrderInWhichItWasSent()
    {
        Patient patient = Fold(Said.Snapshot(1, new Patient
        {
            Identifier = [new Identifier("urn:b", "1"), new Identifier("urn:a", "2"), new Identifier("urn:b", "3")],
        }));

        Assert.Equal(["1", "2", "3"], patient.Identifier.Select(identifier => identifier.Value));
    }

    [Fact]
    public void Deletion_LeavesTypeAndIdOnly_UntilSomethingNewerIsSaid()
    {
        Said there = Said.Snapshot(1, new Patient { BirthDate = "1950-01-02" });
        FoldedContent deleted = Said.Fold([Said.Deletion(3), there, Said.Elements(2, new Patient { Active = true })]);
        Assert.True(deleted.State.IsDeleted);
        Assert.True(new Patient { Id = Said.Id }.IsExactly(deleted.Build()));

        FoldedContent back = Said.Fold([Said.Deletion(3), Said.Elements(4, new Patient { Active = true }), there]);
        Assert.False(back.State.IsDeleted);
        Assert.True(new Patient { Id = Said.Id, Active = true }.IsExactly(back.Build()), "What was said before the deletion came back.");
    }

    [Fact]
    public void Mentions_AreThoseOfTheNewestWhole_WhateverArrivesLast()
    {
        PatientId one = PatientId.Of(new SourceId("pas"), "1"), two = PatientId.Of(new SourceId("pas"), "2");
        Said older = Mentioning(1, one), newer = Mentioning(2, two), part = Said.Elements(3, new Patient { Active = true });

        Assert.Equal([two], Said.Fold([older, newer, part]).State.Mentions);
        Assert.Equal([two], Said.Fold([part, newer, older]).State.Mentions);
        Assert.Empty(Said.Fold([Said.Deletion(4), part, newer, older]).State.Mentions);

        static Said Mentioning(int at, PatientId patient) =>
            Said.Snapshot(at, new Patient()) is var said ? said with { Statement = said.Statement with { Mentions = [patient] } } : throw new InvalidOperationException();
    }

    private static Patient Fold(params Said[] arriving) => (Patient)Said.Fold(arriving).Build();
}
