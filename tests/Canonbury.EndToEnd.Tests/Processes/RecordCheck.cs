using System.Text;
using Canonbury.Database;
using Canonbury.Database.Content;
using Canonbury.Fhir.Types;
using Xunit;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>Looks into the database whether every message that was told is in the record, once.</summary>
internal sealed class RecordCheck(RecordDatabase database)
{
    private sealed record Version(Guid Patient, string Type, Guid Id, int Number, Guid Message, byte[] Content);

    /// <summary>Waits until nothing waits in the inbox.</summary>
    /// <returns>False where something still waits after that long.</returns>
    public async Task<bool> InboxIsEmptyAsync(TimeSpan patience)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (Count("SELECT count(*) FROM message WHERE state = 0") > 0)
        {
            if (TimeProvider.System.GetElapsedTime(start) > patience)
            {
                return false;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return true;
    }

    /// <summary>Fails where a message is missing, was not processed, or had an effect twice.</summary>
    public void EveryMessageIsInTheRecordOnce(IReadOnlyList<(PatientStory Story, int Messages)> told)
    {
        Dictionary<string, Guid> messages = EachIsStoredAndDone(told);
        IReadOnlyList<Version> versions = Versions();
        VersionsAreContiguous(versions);
        ChangesAreCounted(versions.Count);

        ILookup<Guid, Version> byMessage = versions.ToLookup(version => version.Message);
        foreach ((PatientStory story, int count) in told)
        {
            for (int i = 0; i < count; i++)
            {
                Effect(story, i, [.. byMessage[messages[story.ControlId(i)]].Where(version => version.Patient == story.Patient.Value)]);
            }
        }

        EachPatientHasOneLink(told.Count(one => one.Messages > 0));
    }

    /// <summary>How many of the story's messages are in the inbox; fails where one in between is missing.</summary>
    public int MessagesOf(PatientStory story)
    {
        using Session session = database.Open();
        HashSet<string> there = [.. session.Query("SELECT control_id FROM message WHERE bucket = $1 AND patient = $2", row => row.Text(0), story.Patient.Bucket, story.Patient.Value)];
        Assert.All(Enumerable.Range(0, there.Count), i => Assert.Contains(story.ControlId(i), there));
        return there.Count;
    }

    /// <summary>How many persons the patients are linked to.</summary>
    public long Persons() => Count("SELECT count(DISTINCT person) FROM link WHERE ended_at IS NULL AND state = 'linked'");

    public long Count(string sql)
    {
        using Session session = database.Open();
        return session.Query(sql, row => row.Long(0))[0];
    }

    private Dictionary<string, Guid> EachIsStoredAndDone(IReadOnlyList<(PatientStory Story, int Messages)> told)
    {
        using Session session = database.Open();
        List<(string Control, int State, Guid Id)> rows = session.Query("SELECT control_id, state, id FROM message", row => (row.Text(0), row.Int(1), row.Id(2)));
        Assert.DoesNotContain(rows, row => row.State != 1);
        Assert.Equal(
            told.SelectMany(one => Enumerable.Range(0, one.Messages).Select(one.Story.ControlId)).Order(StringComparer.Ordinal),
            rows.Select(row => row.Control).Order(StringComparer.Ordinal));
        return rows.ToDictionary(row => row.Control, row => row.Id);
    }

    /// <summary>One message has one effect, and it is the right one.</summary>
    private static void Effect(PatientStory story, int message, IReadOnlyList<Version> made)
    {
        string types = string.Join(' ', made.Select(version => version.Type).Order(StringComparer.Ordinal));
        string said = PatientStory.IsAboutPatient(message) ? PatientStory.Street(message) : PatientStory.IsAdmission(message) ? $"V{story.LocalId}" : PatientStory.Value(message);
        string expected = PatientStory.IsAboutPatient(message) ? "Patient" : PatientStory.IsAdmission(message) ? "Encounter" : "DiagnosticReport Observation";
        Assert.True(types == expected, $"Message {message} of {story.LocalId} made '{types}' instead of '{expected}'.");
        Assert.Contains(made, version => Encoding.UTF8.GetString(version.Content).Contains($"\"{said}", StringComparison.Ordinal)
            || Encoding.UTF8.GetString(version.Content).Contains($":{said}", StringComparison.Ordinal));
    }

    private List<Version> Versions()
    {
        using Session session = database.Open();
        return session.Query(
            "SELECT patient, type, id, version, message, content FROM resource UNION ALL SELECT patient, type, id, version, message, content FROM resource_version",
            row => new Version(row.Id(0), ResourceTypes.NameOf(row.Int(1)), row.Id(2), row.Int(3), row.Id(4), Envelope.Unwrap(row.Bytes(5))));
    }

    private static void VersionsAreContiguous(IReadOnlyList<Version> versions)
    {
        foreach (IGrouping<(string, Guid), Version> resource in versions.GroupBy(version => (version.Type, version.Id)))
        {
            Assert.Equal(Enumerable.Range(1, resource.Count()), resource.Select(version => version.Number).Order());
        }
    }

    /// <summary>
    /// Each version has its change, and no bucket has one that it has not counted. It may have counted further than it has changes: a statement that
    /// changes nothing, as one that comes again after a kill, counts too (<c>RecordWriter</c>).
    /// </summary>
    private void ChangesAreCounted(int versions)
    {
        using Session session = database.Open();
        Assert.Equal(versions, session.Query("SELECT count(*) FROM (SELECT DISTINCT type, id, version FROM change) c", row => row.Int(0))[0]);
        List<(int Bucket, long Position, long First, long Last, long Rows)> buckets = session.Query(
            """
            SELECT b.bucket, b.position, min(c.position), max(c.position), count(*) FROM bucket b JOIN change c ON c.bucket = b.bucket
            GROUP BY b.bucket, b.position
            """,
            row => (row.Int(0), row.Long(1), row.Long(2), row.Long(3), row.Long(4)));
        Assert.NotEmpty(buckets);
        Assert.All(buckets, bucket => Assert.True(
            bucket.First >= 1 && bucket.Last <= bucket.Position && bucket.Rows <= bucket.Last, $"bucket {bucket.Bucket}: {bucket}"));
    }

    private void EachPatientHasOneLink(int patients)
    {
        Assert.Equal(patients, Count("SELECT count(*) FROM link WHERE ended_at IS NULL AND state = 'linked'"));
        Assert.Equal(patients, Count("SELECT count(*) FROM person_patient"));
        Assert.Equal(patients, Count("SELECT count(*) FROM patient"));
    }
}
