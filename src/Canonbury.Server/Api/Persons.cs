using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;
using Canonbury.Record.Search;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Api;

/// <summary>
/// A <c>Person</c> is computed from the links between patients, of which it names those that the grant shows; no source writes one (design, section 3).
/// https://hl7.org/fhir/R4/person.html
/// </summary>
internal static class Persons
{
    /// <summary><c>GET [base]/Person/[id]</c>.</summary>
    public static async Task<FhirAnswer> ReadAsync(FhirCall call)
    {
        IReadOnlyList<OwnResource> patients = await ShownAsync(call, call.Id);
        return patients.Count == 0
            ? FhirAnswer.Of(Problem.NotFound("Person"))
            : new FhirAnswer(StatusCodes.Status200OK, call.Shaping.Apply(Json(call.Id, patients))) { Shown = Search.ShownItemsOf(patients) };
    }

    /// <summary><c>GET [base]/Person?patient=…</c>, <c>?link=…</c> or <c>?_id=…</c>: nobody lists people without naming one.</summary>
    public static async Task<FhirAnswer> SearchAsync(FhirCall call)
    {
        List<KeyValuePair<string, string>> asked =
            [.. RequestParameters.All(call.Context.Request).Where(one => one.Key is not ("_format" or "_pretty" or "_summary" or "_elements" or "_count"))];
        if (asked is not [{ Key: "patient" or "link" or "link:Patient" or "_id", Value: var value } one])
        {
            return FhirAnswer.Of(Problem.NotSupported("A Person is found by one of patient, link and _id.", asked.Count > 0 ? $"http.{asked[0].Key}" : null));
        }

        List<OwnResource> people = [];
        List<OwnResource> shown = [];
        foreach (string name in value.Split(',').Distinct())
        {
            string? id = one.Key == "_id" ? name : await PersonOfAsync(call, name.Split('/')[^1]);
            IReadOnlyList<OwnResource> patients = id is null ? [] : await ShownAsync(call, id);
            if (patients.Count > 0 && people.TrueForAll(person => person.Id != id))
            {
                shown.AddRange(patients);
                people.Add(new OwnResource("Person", id!, patients[0].Owner, 1, patients[0].LastUpdated, false, Json(id!, patients)));
            }
        }

        string self = $"{call.BaseUrl}/Person?{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(value)}";
        return new FhirAnswer(StatusCodes.Status200OK, SearchBundle.Of(call, new SearchPage(people, [], null, people.Count), self, null, []))
        {
            Shown = Search.ShownItemsOf(shown),
        };
    }

    /// <summary>The patients of a person that the grant shows; none where there is no such person.</summary>
    public static async Task<IReadOnlyList<OwnResource>> ShownAsync(FhirCall call, string id) => Guid.TryParseExact(id, "D", out Guid person)
        ? call.Rooms.Everything.PatientsOf(call.Grant, await call.Rooms.Links.PatientsOfAsync(new PersonId(person), call.Cancellation))
        : [];

    private static async Task<string?> PersonOfAsync(FhirCall call, string patient) =>
        call.FinalId("Patient", patient) is { } id && call.Rooms.Reader.Read(call.Grant, "Patient", id, version: null) is { Deleted: false } found
            ? (await call.Rooms.Links.PersonOfAsync(found.Owner, call.Cancellation))?.Value.ToString("D")
            : null;

    // Known by one source only, a person is as sure as that source; a link of two is more than one's word (R4 valueset-identity-assuranceLevel).
    private static byte[] Json(string id, IReadOnlyList<OwnResource> patients) => FhirJson.ToUtf8(new Person
    {
        Id = id,
        Meta = new Hl7.Fhir.Model.Meta { LastUpdated = patients.Max(patient => patient.LastModified) },
        Active = true,
        Link = [.. patients.Select(patient => new Person.LinkComponent
        {
            Target = new ResourceReference($"Patient/{patient.Id}"),
            Assurance = patients.Count == 1 ? Person.IdentityAssuranceLevel.Level2 : Person.IdentityAssuranceLevel.Level3,
        })],
    });
}
