using System.Text;
using System.Text.Json.Nodes;
using Canonbury.Access.Audit;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Record.Reading;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR operation <c>$meta</c>: the meta of one resource, or all profiles, tags and labels of a type or of the system.
/// https://hl7.org/fhir/R4/resource-operation-meta.html
/// </summary>
internal static class Meta
{
    private const int MostVersions = 10_000;

    private static readonly string[] Labels = ["profile", "security", "tag"];

    public static Task<FhirAnswer> OfOneAsync(FhirCall call)
    {
        OwnResource? stored = call.FinalId() is { } id ? call.Rooms.Reader.Read(call.Grant, call.Type, id, Version(call)) : null;
        return Task.FromResult(stored switch
        {
            null => FhirAnswer.Of(Problem.NotFound(call.Type)),
            { Deleted: true } => FhirAnswer.Of(Problem.Gone(call.Type)),
            _ => Of(stored),
        });
    }

    public static FhirAnswer Of(OwnResource stored) =>
        Answer(Encoding.UTF8.GetString(MetaJson.Of(stored.Json).Span)) with { Shown = FhirAnswer.Of(200, stored).Shown };

    public static Task<FhirAnswer> OfManyAsync(FhirCall call)
    {
        HistoryStretch all = call.Rooms.History.OfMany(
            call.Grant, new HistoryWalk(call.Type.Length == 0 ? null : call.Type, new HistoryTimes(null, null), HistoryPlace.Newest, MostVersions));
        if (all.Next is not null)
        {
            return Task.FromResult(FhirAnswer.Of(new Problem(ProblemKind.TooCostly, "too-costly", "There is too much to look at: ask about a type, or one resource.")));
        }

        // The newest come first; what a resource said before does not count.
        JsonObject union = [];
        foreach (OwnResource newest in all.Versions.DistinctBy(version => (version.Type, version.Id)).Where(version => !version.Deleted))
        {
            Add(union, MetaJson.Of(newest.Json));
        }

        return Task.FromResult(Answer(union.ToJsonString()) with { Shown = ShownItems.Nothing });
    }

    private static int? Version(FhirCall call) =>
        int.TryParse(call.Context.GetRouteValue("version") as string, System.Globalization.CultureInfo.InvariantCulture, out int version) ? version : null;

    private static void Add(JsonObject union, ReadOnlyMemory<byte> json)
    {
        JsonNode? meta = json.IsEmpty ? null : JsonNode.Parse(json.Span);
        foreach (string name in Labels)
        {
            foreach (JsonNode? label in meta?[name] as JsonArray ?? [])
            {
                JsonArray known = union[name] as JsonArray ?? (JsonArray)(union[name] = new JsonArray());
                if (!known.Any(one => JsonNode.DeepEquals(one, label)))
                {
                    known.Add(label?.DeepClone());
                }
            }
        }
    }

    private static FhirAnswer Answer(string meta) => new(
        StatusCodes.Status200OK,
        Encoding.UTF8.GetBytes($$"""{"resourceType":"Parameters","parameter":[{"name":"return"{{(meta is "" or "{}" ? "" : $",\"valueMeta\":{meta}")}}}]}"""));
}
