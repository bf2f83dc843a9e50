using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Canonbury.Database;
using Canonbury.Fhir.Ids;

namespace Canonbury.Identify.Links;

/// <summary>Which person an identifier stands for. The row is the lock of linking: it is held until the transaction ends.</summary>
internal static class Claims
{
    /// <summary>True where the identifier was nobody's and is this person's now. Waits for a transaction that claims it at this moment.</summary>
    public static bool TryClaim(Session session, string system, string value, PersonId person) => session.Execute(
        "INSERT INTO claim (system, value, person) VALUES ($1, $2, $3) ON CONFLICT (system, value) DO NOTHING", system, value, person.Value) == 1;

    /// <summary>The person that it stands for, locked.</summary>
    public static PersonId Holder(Session session, string system, string value) => session.Query(
        "SELECT person FROM claim WHERE system = $1 AND value = $2" + session.Dialect.ForUpdate, row => new PersonId(row.Id(0)), system, value)[0];

    /// <summary>The name of the claim's row for those who lock several in one order before they touch any.</summary>
    public static long LockOf(string system, string value) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{system}\n{value}")));

    public static void Move(Session session, string system, string value, PersonId person) =>
        session.Write("UPDATE claim SET person = $3 WHERE system = $1 AND value = $2", system, value, person.Value);
}
