using Canonbury.Access.Audit;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;
using Xunit;

namespace Canonbury.Tests.Access.Audit;

public sealed class ShownItemsTests
{
    [Fact]
    public void PeopleFound_AreNamedByTheirPatients_WhateverNumberIsShown()
    {
        PatientId known = PatientId.Of(new SourceId("pas"), "RXX|H100"), byNhsNumberOnly = PatientId.Of(new SourceId("lab"), "NHS|9990000018");
        PersonHit hit = new(new PersonId(Guid.Empty), "A", null, null, null, false, null, null, false, [(new SourceId("pas"), "H100")], 1)
        {
            Patients = [known, byNhsNumberOnly],
        };

        ShownItems shown = ShownItems.Of([hit]);
        Assert.Equal([known, byNhsNumberOnly], shown.Patients);
        Assert.Equal(1, shown.Counts["Person"]);
    }
}
