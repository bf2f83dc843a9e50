using System.Collections.Immutable;
using Canonbury.Database;
using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;
using Canonbury.Identify.Links;

namespace Canonbury.Identify.Patients;

/// <summary>Keeps the matching fields of patients, and the ways to find them, in step with what sources say.</summary>
internal static class PatientTable
{
    private const string Columns =
        "local_id, nhs_number, nhs_verified, family, given, other_names, birth_date, gender, address, postcode, deceased, sensitive, replaced_by";

    private const string Known =
        "p.patient, p.source, l.version, l.person, l.state, l.begun_at, p.local_id, p.nhs_number, p.nhs_verified, p.family, p.given, p.other_names, "
        + "p.birth_date, p.gender, p.address, p.postcode, p.deceased, p.sensitive, p.replaced_by";

    private const string WithLink = "LEFT JOIN link l ON l.bucket = p.bucket AND l.patient = p.patient AND l.ended_at IS NULL";

    /// <summary>The fields as they are stored, without identifiers; no row for a patient that is not known.</summary>
    public static Answer<PatientFacts> Read(Session session, PatientId patient) => session.Ask(
        $"SELECT {Columns} FROM patient WHERE bucket = $1 AND patient = $2", row => Facts(row, 0), patient.Bucket, patient.Value);

    /// <summary>The same with the link that holds now.</summary>
    public static Answer<KnownPatient> Find(Session session, PatientId patient) => session.Ask(
        $"SELECT {Known} FROM patient p {WithLink} WHERE p.bucket = $1 AND p.patient = $2", Patient, patient.Bucket, patient.Value);

    /// <summary>The patients whose NHS number this is now.</summary>
    public static Answer<KnownPatient> WithNumber(Session session, string number, int most) => session.Ask(
        $"""
        SELECT {Known} FROM identifier i JOIN patient p ON p.bucket = i.bucket AND p.patient = i.patient {WithLink}
        WHERE i.value = $1 AND i.system = $2 AND p.nhs_number = $1 LIMIT $3
        """,
        Patient, number, NhsNumber.System, most);

    /// <summary>The patients of whom their source says that they go on under this one.</summary>
    public static Answer<KnownPatient> Followers(Session session, PatientId patient) => session.Ask(
        $"SELECT {Known} FROM patient p {WithLink} WHERE p.replaced_by = $1", Patient, patient.Value);

    /// <summary>Writes the fields and the rows by which the patient is found.</summary>
    public static void Write(Session session, PatientId patient, SourceId source, PatientFacts? before, PatientFacts after)
    {
        FindName current = after.Names.FirstOrDefault() ?? new FindName(null, null);
        session.Write(
            $"""
            INSERT INTO patient (bucket, patient, source, {Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            ON CONFLICT (bucket, patient) DO UPDATE SET local_id = excluded.local_id, nhs_number = excluded.nhs_number, nhs_verified = excluded.nhs_verified,
              family = excluded.family, given = excluded.given, other_names = excluded.other_names, birth_date = excluded.birth_date,
              gender = excluded.gender, address = excluded.address, postcode = excluded.postcode, deceased = excluded.deceased,
              sensitive = excluded.sensitive, replaced_by = excluded.replaced_by
            """,
            patient.Bucket, patient.Value, source.Value, after.LocalId, after.NhsNumber, after.NhsVerified, current.Family, current.Given, Pack(after.Names),
            after.BirthDate, after.Gender, after.Address, after.Postcode, after.Deceased, after.Sensitive, after.ReplacedBy?.Value);
        WriteIdentifiers(session, patient, before is not null, after);
        FindIndex.Write(session, patient, before?.ToFind(), after.ToFind());
    }

    private static void WriteIdentifiers(Session session, PatientId patient, bool isKnown, PatientFacts after)
    {
        // Old values stay as ways to the patient: a hospital number that was replaced is still typed for years.
        foreach ((string value, string system) in after.Identifiers)
        {
            session.Write(
                isKnown
                    ? "INSERT INTO identifier (value, system, bucket, patient) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
                    : "INSERT INTO identifier (value, system, bucket, patient) VALUES ($1, $2, $3, $4)",
                value, system, patient.Bucket, patient.Value);
        }
    }

    private static KnownPatient Patient(Row row) => new(
        new PatientId(row.Id(0)),
        new SourceId(row.Text(1)),
        Facts(row, 6),
        row.IsNull(2) ? null : new CurrentLink(row.Int(2), new PersonId(row.Id(3)), row.Text(4), row.Time(5)));

    private static PatientFacts Facts(Row row, int from) => new(
        row.Text(from),
        row.TextOrNull(from + 1),
        row.Flag(from + 2),
        Unpack(row.TextOrNull(from + 3), row.TextOrNull(from + 4), row.TextOrNull(from + 5)),
        row.TextOrNull(from + 6),
        row.TextOrNull(from + 7),
        row.TextOrNull(from + 8),
        row.TextOrNull(from + 9),
        row.Flag(from + 10),
        row.Flag(from + 11),
        row.IdOrNull(from + 12) is { } other ? new PatientId(other) : null)
    {
        Identifiers = [],
    };

    /// <summary>Names after the first, one a line, family and given parted by a tab.</summary>
    private static string? Pack(ImmutableArray<FindName> names) => names.Length < 2 ? null : string.Join('\n', names.Skip(1).Select(name =>
        $"{Plain(name.Family)}\t{Plain(name.Given)}"));

    private static string? Plain(string? text) => text?.Replace('\t', ' ').Replace('\n', ' ');

    private static ImmutableArray<FindName> Unpack(string? family, string? given, string? others)
    {
        IEnumerable<FindName> rest = (others ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Select(parts => new FindName(NullIfEmpty(parts[0]), NullIfEmpty(parts[^1])));
        return family is null && given is null ? [.. rest] : [new FindName(family, given), .. rest];
    }

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
