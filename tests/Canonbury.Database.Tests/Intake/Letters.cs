using Canonbury.Fhir.Ids;

namespace Canonbury.Database.Tests.Intake;

/// <summary>Messages about one made-up patient of a hospital; each later one gives another address.</summary>
internal static class Letters
{
    public static readonly PatientId Ann = PatientId.Of(new SourceId("pas"), "SITE|H1");

    public static string[] Update(int second, string control, string street, string trigger = "A08") =>
    [
        $@"MSH|^~\&|PAS|SITE|C|B|20260301{9 + (second / 3600):D2}{second / 60 % 60:D2}{second % 60:D2}||ADT^{trigger}|{control}|P|2.4",
        $"PID|1||H1^^^SITE^MR||SAMPLE^ANN||19500412|F|||{street}",
    ];

    /// <summary>Where the patient lives by the newest version, and the messages that made the versions, oldest first.</summary>
    public static (string? Street, List<Guid> Messages) HomeOf(Road road)
    {
        string? street = road.Query("SELECT address FROM patient WHERE bucket = $1 AND patient = $2", row => row.TextOrNull(0), Ann.Bucket, Ann.Value).SingleOrDefault();
        return (street, road.Query(
            """
            SELECT message, version FROM resource WHERE bucket = $1 AND patient = $2 AND type = $3
            UNION ALL SELECT message, version FROM resource_version WHERE bucket = $1 AND patient = $2 AND type = $3 ORDER BY 2
            """,
            row => row.Id(0), Ann.Bucket, Ann.Value, Canonbury.Fhir.Types.ResourceTypes.NumberOf("Patient")));
    }

    /// <summary>How many messages have become what.</summary>
    public static (int Waiting, int Done, int Dead) StatesOf(Road road)
    {
        Dictionary<int, int> states = road.Query("SELECT state, count(*) FROM message GROUP BY state", row => KeyValuePair.Create(row.Int(0), row.Int(1))).ToDictionary();
        return (states.GetValueOrDefault(0), states.GetValueOrDefault(1), states.GetValueOrDefault(2));
    }
}
