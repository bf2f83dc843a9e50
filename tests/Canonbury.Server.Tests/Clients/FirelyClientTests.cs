using System.Net.Http.Headers;
using Canonbury.Server.Tests.Api;
using Hl7.Fhir.Model;
using Hl7.Fhir.Rest;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Server.Tests.Clients;

/// <summary>The client of the Firely SDK, as a .NET system would use it, against the server over HTTP.</summary>
public sealed class FirelyClientTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Numbers = "urn:x-canonbury:firely";

    public static TheoryData<ResourceFormat> Formats => [ResourceFormat.Json, ResourceFormat.Xml];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Patient_FromCreateToDelete(ResourceFormat format)
    {
        using FhirClient client = Client(format);
        Patient created = (await client.CreateAsync(Made("FROM-CREATE", "Okafor"), Cancellation))!;
        Assert.Equal(("1", "Okafor"), (created.VersionId, created.Name[0].Family));

        created.Name[0].Family = "Okafor-Lee";
        Patient updated = (await client.UpdateAsync(created, ct: Cancellation))!;
        Assert.Equal((created.Id, "2"), (updated.Id, updated.VersionId));

        Patient newest = (await client.ReadAsync<Patient>($"Patient/{created.Id}", ct: Cancellation))!;
        Patient first = (await client.ReadAsync<Patient>($"Patient/{created.Id}/_history/1", ct: Cancellation))!;
        Assert.Equal(("Okafor-Lee", "Okafor"), (newest.Name[0].Family, first.Name[0].Family));

        await client.DeleteAsync(newest, Cancellation);
        FhirOperationException gone = await Assert.ThrowsAsync<FhirOperationException>(() => client.ReadAsync<Patient>($"Patient/{created.Id}", ct: Cancellation));
        Assert.Equal((System.Net.HttpStatusCode.Gone, "deleted"), (gone.Status, gone.Outcome!.Issue[0].Details.Coding[0].Code));
    }

    [Fact]
    public async Task Metadata_NamesR4_AndWhatIsSpoken()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        CapabilityStatement statement = (await client.CapabilityStatementAsync(ct: Cancellation))!;

        Assert.Equal(FHIRVersion.N4_0_1, statement.FhirVersion);
        Assert.Contains("application/fhir+json", statement.Format);
        Assert.Contains(statement.Rest[0].Resource, resource => resource.Type == "Patient");
    }

    [Fact]
    public async Task VersionAwareUpdate_OfAnOldVersion_IsRefused_AndTheNewerOneStands()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        Patient old = (await client.CreateAsync(Made("AWARE", "Ahmed"), Cancellation))!;
        Patient newer = (Patient)old.DeepCopy();
        newer.Gender = AdministrativeGender.Female;
        await client.UpdateAsync(newer, versionAware: true, Cancellation);

        old.Gender = AdministrativeGender.Male;
        FhirOperationException refused = await Assert.ThrowsAsync<FhirOperationException>(() => client.UpdateAsync(old, versionAware: true, Cancellation));

        Assert.Equal((System.Net.HttpStatusCode.PreconditionFailed, "version-conflict"), (refused.Status, refused.Outcome!.Issue[0].Details.Coding[0].Code));
        Assert.Equal(AdministrativeGender.Female, (await client.ReadAsync<Patient>($"Patient/{old.Id}", ct: Cancellation))!.Gender);
    }

    [Fact]
    public async Task Refresh_OfWhatHasNotChanged_TransfersNothing()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        Patient created = (await client.CreateAsync(Made("UNCHANGED", "Silva"), Cancellation))!;

        FhirOperationException same = await Assert.ThrowsAsync<FhirOperationException>(
            () => client.ReadAsync<Patient>($"Patient/{created.Id}", ifNoneMatch: created.VersionId, ct: Cancellation));

        Assert.Equal((System.Net.HttpStatusCode.NotModified, 0), (same.Status, client.LastBody?.Length ?? 0));
    }

    [Fact]
    public async Task Search_ByIdentifier_FindsTheOne()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        Patient created = (await client.CreateAsync(Made("SEARCHED", "Novak"), Cancellation))!;
        await client.CreateAsync(Made("NOT-SEARCHED", "Novak"), Cancellation);

        Bundle found = (await client.SearchAsync<Patient>([$"identifier={Numbers}|SEARCHED"], ct: Cancellation))!;

        Assert.Equal(created.Id, Assert.Single(found.Entry).Resource!.Id);
        Assert.Equal((Bundle.BundleType.Searchset, Bundle.SearchEntryMode.Match), (found.Type, found.Entry[0].Search!.Mode));
    }

    [Fact]
    public async Task Search_PageByPage_GivesEachOnce()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        Patient patient = (await client.CreateAsync(Made("PAGED", "Haddad"), Cancellation))!;
        List<string> ids = [];
        for (int i = 0; i < 7; i++)
        {
            ids.Add((await client.CreateAsync(Weight(patient.Id!, 70 + i), Cancellation))!.Id!);
        }

        List<string> seen = [];
        int pages = 0;
        for (Bundle? page = await client.SearchAsync<Observation>([$"patient={patient.Id}"], pageSize: 3, ct: Cancellation);
            page is not null;
            page = await client.ContinueAsync(page, ct: Cancellation))
        {
            pages++;
            seen.AddRange(page.Entry.Select(entry => entry.Resource!.Id!));
        }

        Assert.Equal(3, pages);
        Assert.Equal(ids.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Search_PostedWithInclusion_BringsThePatientAlong()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        Patient patient = (await client.CreateAsync(Made("INCLUDED", "Aziz"), Cancellation))!;
        Observation weight = (await client.CreateAsync(Weight(patient.Id!, 77), Cancellation))!;

        SearchParams search = new SearchParams().Where("code=http://loinc.org|29463-7").Where($"subject=Patient/{patient.Id}").Include("Observation:subject");
        Bundle found = (await client.SearchUsingPostAsync<Observation>(search, Cancellation))!;

        Assert.Equal([(weight.Id, Bundle.SearchEntryMode.Match), (patient.Id, Bundle.SearchEntryMode.Include)],
            found.Entry.Select(entry => (entry.Resource!.Id, entry.Search!.Mode!.Value)));
    }

    [Fact]
    public async Task History_HasEveryVersion_NewestFirst()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        Patient patient = (await client.CreateAsync(Made("HISTORY", "Bauer"), Cancellation))!;
        patient.Gender = AdministrativeGender.Other;
        patient = (await client.UpdateAsync(patient, ct: Cancellation))!;
        await client.DeleteAsync(patient, Cancellation);

        Bundle history = (await client.HistoryAsync($"Patient/{patient.Id}", ct: Cancellation))!;

        Assert.Equal([Bundle.HTTPVerb.DELETE, Bundle.HTTPVerb.PUT, Bundle.HTTPVerb.POST], history.Entry.Select(entry => entry.Request!.Method!.Value));
        Assert.Equal([null, "2", "1"], history.Entry.Select(entry => entry.Resource?.VersionId));
    }

    [Fact]
    public async Task ConditionalCreateAndUpdate_FindWhatIsThere()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        SearchParams condition = new SearchParams().Where($"identifier={Numbers}|CONDITION");
        Patient first = (await client.ConditionalCreateAsync(Made("CONDITION", "Costa"), condition, Cancellation))!;

        Patient again = (await client.ConditionalCreateAsync(Made("CONDITION", "Costa"), condition, Cancellation))!;
        Patient changed = (await client.ConditionalUpdateAsync(Made("CONDITION", "Costa-Reis"), condition, ct: Cancellation))!;

        Assert.Equal((first.Id, "1"), (again.Id, again.VersionId));
        Assert.Equal((first.Id, "2", "Costa-Reis"), (changed.Id, changed.VersionId, changed.Name[0].Family));
    }

    [Fact]
    public async Task Patch_OfOneElement_LeavesTheRest()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        Patient patient = (await client.CreateAsync(Made("PATCHED", "Dlamini"), Cancellation))!;
        Parameters patch = new Parameters().AddAddPatchParameter("Patient", "gender", new Code("female"));

        Patient patched = (await client.PatchAsync<Patient>(patient.Id!, patch, ct: Cancellation))!;

        Assert.Equal((AdministrativeGender.Female, "Dlamini", "2"), (patched.Gender, patched.Name[0].Family, patched.VersionId));
    }

    [Fact]
    public async Task Everything_HasThePatientAndWhatIsAboutIt()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        Patient patient = (await client.CreateAsync(Made("EVERYTHING", "Eze"), Cancellation))!;
        Observation weight = (await client.CreateAsync(Weight(patient.Id!, 66), Cancellation))!;

        Bundle everything = (Bundle)(await client.FetchPatientRecordAsync(new Uri($"Patient/{patient.Id}", UriKind.Relative), ct: Cancellation))!;

        Assert.Equal(new[] { patient.Id, weight.Id }.Order(), everything.Entry.Select(entry => entry.Resource!.Id).Order());
    }

    [Fact]
    public async Task Transaction_PutsReferencesRight()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        const string Url = "urn:uuid:8b6e6f0a-4b0e-4a37-9c1c-2f0e5f4f5a01";
        Bundle transaction = new TransactionBuilder(server.Base.ToString(), Bundle.BundleType.Transaction)
            .Create(Made("IN-TRANSACTION", "Moreau"))
            .Create(Weight("placeholder", 81))
            .ToBundle();
        transaction.Entry[0].FullUrl = Url;
        ((Observation)transaction.Entry[1].Resource!).Subject = new ResourceReference(Url);

        Bundle answer = (await client.TransactionAsync(transaction, Cancellation))!;

        Assert.Equal(["201 Created", "201 Created"], answer.Entry.Select(entry => entry.Response!.Status));
        Observation written = (await client.ReadAsync<Observation>(new Uri(answer.Entry[1].Response!.Location!).AbsolutePath["/fhir/".Length..].Split("/_history")[0], ct: Cancellation))!;
        string patient = new ResourceIdentity(answer.Entry[0].Response!.Location!).Id;
        Assert.Equal("Patient/" + patient, written.Subject.Reference);
    }

    [Fact]
    public async Task WrongElement_IsNamedInTheOutcome()
    {
        using FhirClient client = Client(ResourceFormat.Json);
        Patient wrong = Made("WRONG", "Ito");
        wrong.BirthDateElement = new Date { JsonValue = "1980-13-45" };

        FhirOperationException refused = await Assert.ThrowsAsync<FhirOperationException>(() => client.CreateAsync(wrong, Cancellation));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(refused.Outcome!.Issue, issue => issue.Expression.Contains("Patient.birthDate"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private FhirClient Client(ResourceFormat format)
    {
        FhirClient client = new(server.Base, new FhirClientSettings { PreferredFormat = format, VerifyFhirVersion = true, ReturnPreference = ReturnPreference.Representation });
        client.RequestHeaders!.Authorization = new AuthenticationHeaderValue("Bearer", server.TokenOf("kept-one"));
        return client;
    }

    private static Patient Made(string number, string family) => new()
    {
        Identifier = [new Identifier(Numbers, number)],
        Name = [new HumanName { Family = family, Given = ["Sam"] }],
    };

    private static Observation Weight(string patient, int kilograms) => new()
    {
        Status = ObservationStatus.Final,
        Code = new CodeableConcept("http://loinc.org", "29463-7"),
        Subject = new ResourceReference("Patient/" + patient),
        Value = new Quantity(kilograms, "kg"),
    };
}
