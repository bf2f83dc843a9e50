using System.Text;
using Canonbury.Borough.Health;
using Canonbury.Borough.People;

namespace Canonbury.Borough.Bundles;

/// <summary>The resources of adult social care: episode, plan, team, hazards and documents.</summary>
internal sealed class CareResources(BundleWriter bundle, string patientId, Clinician worker)
{
    private readonly string subject = "Patient/" + patientId;

    public void Episode(string id, DateTime from, DateTime? to, string kind) => bundle.Put("EpisodeOfCare", id, episode =>
    {
        episode.Meta("EpisodeOfCare");
        episode.Text("status", to is null ? "active" : "finished");
        episode.Concepts("type", Coding.Own("asc-" + kind.ToLowerInvariant().Replace(' ', '-'), kind));
        episode.Reference("patient", subject);
        episode.Reference("managingOrganization", "Organization/COUNCIL", "Borough Adult Social Care");
        episode.Period(from, to);
        episode.Reference("careManager", "Practitioner/" + worker.Code, worker.FullName.Trim());
    });

    public void Plan(string id, DateTime from, string title, string description, IReadOnlyList<string> activities) => bundle.Put("CarePlan", id, plan =>
    {
        plan.Meta("CarePlan");
        plan.Text("status", "active");
        plan.Text("intent", "plan");
        plan.Text("title", title);
        plan.Text("description", description);
        plan.Reference("subject", subject);
        plan.Period(from, from.AddYears(1));
        plan.Time("created", from);
        plan.Reference("author", "Practitioner/" + worker.Code, worker.FullName.Trim());
        plan.Json.WriteStartArray("activity");
        foreach (string activity in activities)
        {
            plan.Json.WriteStartObject();
            plan.Json.WriteStartObject("detail");
            plan.Text("status", "in-progress");
            plan.Text("description", activity);
            plan.Json.WriteEndObject();
            plan.Json.WriteEndObject();
        }

        plan.Json.WriteEndArray();
    });

    public void Team(string id, DateTime from, string name) => bundle.Put("CareTeam", id, team =>
    {
        team.Meta("CareTeam");
        team.Text("status", "active");
        team.Text("name", name);
        team.Reference("subject", subject);
        team.Period(from, null);
        team.Json.WriteStartArray("participant");
        team.Json.WriteStartObject();
        team.Json.WriteStartArray("role");
        team.Json.WriteStartObject();
        team.Text("text", "Social worker");
        team.Json.WriteEndObject();
        team.Json.WriteEndArray();
        team.Reference("member", "Practitioner/" + worker.Code, worker.FullName.Trim());
        team.Json.WriteEndObject();
        team.Json.WriteEndArray();
    });

    public void Hazard(string id, DateTime from, Coding hazard) => bundle.Put("Flag", id, flag =>
    {
        flag.Meta("Flag");
        flag.Text("status", "active");
        flag.Concepts("category", new Coding("http://terminology.hl7.org/CodeSystem/flag-category", "safety", "Safety"));
        flag.Concept("code", hazard);
        flag.Reference("subject", subject);
        flag.Period(from, null);
        flag.Reference("author", "Practitioner/" + worker.Code, worker.FullName.Trim());
    });

    public void Document(string id, DateTime at, string title, string text) => bundle.Put("DocumentReference", id, document =>
    {
        document.Meta("DocumentReference");
        document.Text("status", "current");
        document.Concept("type", Coding.Own("asc-document", title));
        document.Reference("subject", subject);
        document.Time("date", at);
        document.References("author", "Practitioner/" + worker.Code, worker.FullName.Trim());
        document.Reference("custodian", "Organization/COUNCIL", "Borough Adult Social Care");
        document.Json.WriteStartArray("content");
        document.Json.WriteStartObject();
        document.Json.WriteStartObject("attachment");
        document.Text("contentType", "text/plain; charset=utf-8");
        document.Text("title", title);
        document.Json.WriteBase64String("data", Encoding.UTF8.GetBytes(text));
        document.Json.WriteEndObject();
        document.Json.WriteEndObject();
        document.Json.WriteEndArray();
    });
}
