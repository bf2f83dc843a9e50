using Canonbury.Fhir.Ids;
using Canonbury.Identify;
using Canonbury.Identify.Find;
using Canonbury.Identify.Links;
using Canonbury.Identify.Matching;
using Canonbury.Identify.Patients;
using CsCheck;
using Xunit;

namespace Canonbury.Tests.Identify.Matching;

public sealed class NumberGroupTests
{
    private static readonly PersonId Holder = new(Guid.Parse("01900000-0000-7000-8000-000000000001"));
    private static readonly PatientFacts Ann = IdentityAgreementTests.Facts("Smith", "Ann", "1950-04-12", "female", "N1 1AA", verified: true);
    private static readonly PatientFacts WrittenDown = Ann with { NhsVerified = false, Postcode = "E1 1AA" };
    private static readonly PatientFacts Robert = IdentityAgreementTests.Facts("Jones", "Robert", "1982-09-30", "male", "N1 1AA", verified: true);

    [Fact]
    public void UnverifiedHolder_DoesNotKeepVerifiedNewcomersOut()
    {
        NumberGroup group = Of(Linked(1, WrittenDown), New(2, Ann), New(3, Ann));

        Assert.Equal([[2, 3], [1]], Numbers(group));
        Assert.Equal([LinkStates.Linked, LinkStates.Review], group.People.Select(person => person.State));
    }

    [Fact]
    public void ThoseWhoOnlyWroteTheNumberDown_AreOnePersonInReview_WhereTheyAgree()
    {
        NumberGroup group = Of(New(1, Ann), New(2, WrittenDown), New(3, WrittenDown));

        Assert.Equal([[1], [2, 3]], Numbers(group));
    }

    [Fact]
    public void Conflict_IsHeldBack_AndTheOthersStay()
    {
        NumberGroup group = Of(Linked(1, Ann), New(2, Robert), New(3, Ann));

        Assert.Equal([[1, 3]], Numbers(group));
        Assert.Equal([2], group.HeldBack.Select(held => (int)held.Patient.Patient.Value.ToByteArray(bigEndian: true)[15]));
    }

    [Fact]
    public void PatientThatChanged_LeavesThoseThatDidNot()
    {
        NumberGroup group = Of(Linked(1, Robert) with { IsChanged = true }, Linked(2, Ann));

        Assert.Equal([[2]], Numbers(group));
        Assert.Single(group.HeldBack);
    }

    [Fact]
    public void EveryOrderOfAskingAndAnyMixture_DecidesAboutEachPatientOnce()
    {
        PatientFacts[] facts =
            [Ann, WrittenDown, Robert, Ann with { BirthDate = "1950-04-13" }, Ann with { Names = [new FindName("Smith", "Anna")] }, Robert with { NhsVerified = false }];
        Gen.Select(Gen.Int[0, facts.Length - 1].Select(i => facts[i]), Gen.Bool, Gen.Bool).Array[1, 7].Sample(many =>
        {
            KnownPatient[] patients = [.. many.Select((one, i) => (one.Item2 ? Linked(i + 1, one.Item1) : New(i + 1, one.Item1)) with { IsChanged = one.Item3 })];
            NumberGroup group = NumberGroup.Of(patients, Holder, new IdentifyOptions());
            NumberGroup reversed = NumberGroup.Of(patients.Reverse(), Holder, new IdentifyOptions());

            Assert.Equal(Numbers(group), Numbers(reversed));
            Assert.Equal(
                Enumerable.Range(1, patients.Length), Numbers(group).SelectMany(person => person).Concat(group.HeldBack.Select(held => Number(held.Patient))).Order());

            // Nobody is one person with someone whom it conflicts with.
            foreach (PersonGroup person in group.People)
            {
                foreach ((KnownPatient left, _) in person.Members)
                {
                    Assert.All(person.Members, right => Assert.True(IdentityAgreement.Of(left.Facts, right.Patient.Facts).Score >= 0.95 || left == right.Patient));
                }
            }
        });
    }

    private static NumberGroup Of(params KnownPatient[] patients) => NumberGroup.Of(patients, Holder, new IdentifyOptions());

    private static int[][] Numbers(NumberGroup group) => [.. group.People.Select(person => person.Members.Select(member => Number(member.Patient)).ToArray())];

    private static int Number(KnownPatient patient) => patient.Patient.Value.ToByteArray(bigEndian: true)[15];

    private static KnownPatient New(int number, PatientFacts facts) =>
        new(new PatientId(Guid.Parse($"00000000-0000-5000-8000-{number:D12}")), new SourceId("s" + number), facts, null);

    private static KnownPatient Linked(int number, PatientFacts facts) =>
        New(number, facts) with { Link = new CurrentLink(1, Holder, LinkStates.Linked, DateTimeOffset.UnixEpoch.AddDays(number)) };
}
