using System.Text.Json.Nodes;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Record.Reading;

namespace Canonbury.Server.Api;

/// <summary>
/// The other patients of the same person, as <c>Patient.link</c> of the kind <c>seealso</c>: computed from the links when a client of the whole record
/// reads, and only those that its grant shows, since a clinic's name is a disclosure (design, section 4). https://hl7.org/fhir/R4/patient.html#links
/// </summary>
internal static class PatientLinks
{
    /// <summary>The resource with its links; the same where it is no patient or has none.</summary>
    public static OwnResource With(FhirCall call, OwnResource stored) => With(call.Rooms, call.Grant, stored);

    /// <summary>The same for what no request reads.</summary>
    public static OwnResource With(FhirRooms rooms, AccessGrant grant, OwnResource stored)
    {
        if (stored is not { Type: "Patient", Deleted: false } || grant.Scope != GrantScope.EverySource)
        {
            return stored;
        }

        List<PatientId> others = [.. rooms.Links.LinkedTo(stored.Owner).Where(patient => patient != stored.Owner)];
        IReadOnlyList<OwnResource> shown = others.Count == 0 ? [] : rooms.Everything.PatientsOf(grant, others);
        if (shown.Count == 0)
        {
            return stored;
        }

        JsonObject patient = JsonNode.Parse(stored.Json.Span)!.AsObject();
        JsonArray links = patient["link"] as JsonArray ?? [];
        foreach (OwnResource other in shown)
        {
            links.Add(new JsonObject
            {
                ["extension"] = new JsonArray(new JsonObject { ["url"] = ComputedLink.Url, ["valueBoolean"] = true }),
                ["other"] = new JsonObject { ["reference"] = $"Patient/{other.Id}" },
                ["type"] = "seealso",
            });
        }

        patient["link"] = links;
        using MemoryStream json = new();
        using (System.Text.Json.Utf8JsonWriter writer = new(json, SearchBundle.Compact))
        {
            patient.WriteTo(writer);
        }

        return stored with { Json = json.ToArray() };
    }
}
