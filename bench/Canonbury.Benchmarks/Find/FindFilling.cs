using System.Globalization;
using Canonbury.Borough.People;
using Canonbury.Database;
using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;

namespace Canonbury.Benchmarks.Find;

/// <summary>Writes each resident as three sources know them, linked, without the rest of the road.</summary>
internal static class FindFilling
{
    private static readonly (string Source, string Prefix)[] Sources = [("gp", "G"), ("pas", "H"), ("community", "C")];

    public static PersonId PersonOf(Resident resident) => new(NameBasedGuid.Of(Guid.Empty, "person " + resident.Number));

    public static void Fill(Session session, IReadOnlyList<Resident> residents)
    {
        foreach (Resident[] batch in residents.Chunk(100))
        {
            session.Begin();
            foreach (Resident resident in batch)
            {
                foreach ((string source, string prefix) in Sources)
                {
                    Write(session, resident, new SourceId(source), prefix + resident.Number);
                }
            }

            session.Commit();
        }
    }

    private static void Write(Session session, Resident resident, SourceId source, string localId)
    {
        PatientId patient = PatientId.Of(source, localId);
        string given = resident.Middle is { } middle && source.Value == "gp" ? $"{resident.Given} {middle}" : resident.Given;
        string born = resident.Born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        session.Write(
            """
            INSERT INTO patient (bucket, patient, source, local_id, nhs_number, nhs_verified, family, given, birth_date, gender, address, postcode, deceased, sensitive)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '1 High Street', 'N1 1AA', 0, 0)
            """,
            patient.Bucket, patient.Value, source.Value, localId, resident.NhsNumber, resident.NhsNumber is null ? 0 : 1, resident.Family, given, born,
            resident.Female ? "female" : "male");
        AddIdentifier(session, patient, localId, "local");
        if (resident.NhsNumber is { } number)
        {
            AddIdentifier(session, patient, number, NhsNumber.System);
        }

        session.Write(
            """
            INSERT INTO link (bucket, patient, version, person, state, grade, model, reason, decider, supports, begun_at, begun_position)
            VALUES ($1, $2, 1, $3, 'linked', 'certain', 'bench', 'bench', 'bench', '', 0, 0)
            """,
            patient.Bucket, patient.Value, PersonOf(resident).Value);
        session.Write(
            "INSERT INTO person_patient (person, patient, bucket, source, state) VALUES ($1, $2, $3, $4, 'linked')",
            PersonOf(resident).Value, patient.Value, patient.Bucket, source.Value);
        FindIndex.Write(session, patient, null, new FindFacts([new FindName(resident.Family, given)], born));
    }

    private static void AddIdentifier(Session session, PatientId patient, string value, string system) => session.Write(
        "INSERT INTO identifier (value, system, bucket, patient) VALUES ($1, $2, $3, $4)", value, system, patient.Bucket, patient.Value);
}
