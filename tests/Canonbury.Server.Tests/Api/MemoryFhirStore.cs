using System.Text.Json.Nodes;
using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Statements;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Record.Reading;
using Canonbury.Server.Api;
using Canonbury.Translate.FhirPush;
using Hl7.Fhir.Model;

namespace Canonbury.Server.Tests.Api;

/// <summary>Keeps what the API writes in memory: the rooms behind the API have tests of their own.</summary>
public sealed class MemoryFhirStore(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Source, string Reference), List<OwnResource>> versions = [];

    public FhirStore Store => new(
        source => source.Value.StartsWith("mapped", StringComparison.Ordinal) ? IdPolicy.Mapped : IdPolicy.Kept, FindAsync, WriteAsync, ReadAsync, SearchAsync);

    private ValueTask<IReadOnlyDictionary<string, PatientId>> FindAsync(SourceId source, IReadOnlySet<string> references, CancellationToken cancellation)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyDictionary<string, PatientId>>(references
                .Where(r => versions.ContainsKey((source.Value, r)))
                .ToDictionary(r => r, r => versions[(source.Value, r)][^1].Owner));
        }
    }

    private ValueTask<WriteOutcome> WriteAsync(FhirWrite write, CancellationToken cancellation)
    {
        lock (gate)
        {
            return ValueTask.FromResult(new WriteOutcome(null, [.. write.Push.Entries.Select(e => One(write.Source, e))]));
        }
    }

    private WrittenEntry One(SourceId source, PushEntry entry)
    {
        if (entry.Problem is not null || entry.Statements.Count == 0)
        {
            return new WrittenEntry(entry, null, false, entry.Problem);
        }

        ResourceStatement statement = entry.Statements[0];
        string reference = $"{entry.Type}/{entry.Id}";
        if (versions.Any(v => v.Key.Reference == reference && v.Key.Source != source.Value))
        {
            return new WrittenEntry(entry, null, false, new Problem(ProblemKind.Conflict, "id-taken", "Another source has this id."));
        }

        List<OwnResource> all = versions.TryGetValue((source.Value, reference), out List<OwnResource>? known) ? known : [];
        if (entry.IfMatch is { } expected && expected != all.Count)
        {
            return new WrittenEntry(entry, null, false, new Problem(ProblemKind.VersionConflict, "version-conflict", "The version is not the newest."));
        }

        bool deleted = statement.Mode == StatementMode.Delete;
        statement.Content.Meta = new Meta { VersionId = $"{all.Count + 1}", LastUpdated = time.GetUtcNow() };
        OwnResource stored = new(
            entry.Type, entry.Id, statement.Owner, all.Count + 1, time.GetUtcNow(), deleted, FhirJson.ToUtf8(statement.Content));
        bool created = all is [] or [.., { Deleted: true }];
        all.Add(stored);
        versions[(source.Value, reference)] = all;
        return new WrittenEntry(entry, stored, created, null);
    }

    private ValueTask<OwnResource?> ReadAsync(AccessGrant grant, string type, string id, int? version, CancellationToken cancellation)
    {
        lock (gate)
        {
            return ValueTask.FromResult(versions.TryGetValue((grant.Source!.Value.Value, $"{type}/{id}"), out List<OwnResource>? all)
                ? version is { } number ? all.ElementAtOrDefault(number - 1) : all[^1]
                : null);
        }
    }

    private ValueTask<IReadOnlyList<OwnResource>> SearchAsync(AccessGrant grant, OwnSearch search, CancellationToken cancellation)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<OwnResource>>([.. versions
                .Where(v => v.Key.Source == grant.Source!.Value.Value)
                .Select(v => v.Value[^1])
                .Where(r => r.Type == search.Type && !r.Deleted && Matches(r, search))
                .OrderBy(r => r.Id, StringComparer.Ordinal)
                .Where(r => search.After is null || string.CompareOrdinal(r.Id, search.After) > 0)
                .Take(search.Limit)]);
        }
    }

    private static bool Matches(OwnResource stored, OwnSearch search) =>
        (search.Ids is null || search.Ids.Contains(stored.Id))
        && (search.Patient is null || search.Patient == stored.Owner)
        && (search.Identifier is not ({ } system, { } value) || Identifiers(stored).Any(i => i == $"{system}|{value}"));

    private static IEnumerable<string> Identifiers(OwnResource stored) =>
        (JsonNode.Parse(stored.Json.Span)!["identifier"] as JsonArray ?? []).Select(i => $"{i!["system"]}|{i["value"]}");
}
