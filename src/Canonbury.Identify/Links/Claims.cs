using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Canonbury.Database;
using Canonbury.Fhir.Ids;

namespace Canonbury.Identify.Links;

/// <summary>Which person an identifier stands for. The row is the lock of linking: it is held until the transaction ends.</summary>
internal static class Claims
{
    /// <summary>
    /// The person that the identifier stands for, locked: this one where it stood for nobody. Waits for a transaction that holds it at this moment.
    /// </summary>
    public static Answer<PersonId> Lock(Session session, string system, string value, PersonId person)
    {
        session.Write(
            "INSERT INTO claim (system, value, person) VALUES ($1, $2, $3) ON CONFLICT (system, value) DO NOTHING", system, value, person.Value);
        return session.Ask(
            "SELECT person FROM claim WHERE system = $1 AND value = $2" + session.Dialect.ForUpdate, row => new PersonId(row.Id(0)), system, value);
    }

    /// <summary>The name of the claim's row for those who lock several in one order before they touch any.</summary>
    public static long LockOf(string system, string value) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{system}\n{value}")));

    public static void Move(Session session, string system, string value, PersonId person) =>
        session.Write("UPDATE claim SET person = $3 WHERE system = $1 AND value = $2", system, value, person.Value);
}
