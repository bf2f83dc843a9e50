using System.Collections.Immutable;
using Canonbury.Database;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;

namespace Canonbury.Identify.Patients;

/// <summary>Keeps the matching fields of patients, and the ways to find them, in step with what sources say.</summary>
internal static class PatientTable
{
    private const string Columns =
        "local_id, nhs_number, nhs_verified, family, given, other_names, birth_date, gender, address, postcode, deceased, sensitive, replaced_by";

    /// <summary>The fields as they are stored, without identifiers; no row for a patient that is not known.</summary>
    public static Answer<PatientFacts> Read(Session session, PatientId patient) => session.Ask(
        $"SELECT {Columns} FROM patient WHERE bucket = $1 AND patient = $2", Facts, patient.Bucket, patient.Value);

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

    private static PatientFacts Facts(Row row) => new(
        row.Text(0), row.TextOrNull(1), row.Flag(2), Unpack(row.TextOrNull(3), row.TextOrNull(4), row.TextOrNull(5)), row.TextOrNull(6), row.TextOrNull(7),
        row.TextOrNull(8), row.TextOrNull(9), row.Flag(10), row.Flag(11), row.IdOrNull(12) is { } other ? new PatientId(other) : null)
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
