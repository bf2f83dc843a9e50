using Canonbury.Database;
using Canonbury.Fhir.Ids;

namespace Canonbury.Access.Callers;

/// <summary>Reads a caller from an account's columns, in the order of <see cref="Columns"/>.</summary>
internal static class AccountRow
{
    public const string Columns = "a.name, a.display_name, a.role, a.organisation, a.organisation_name, a.patient, a.source, a.demo";

    /// <summary>Null where the account is one of the demonstration and this is none, or its role is not known to this version.</summary>
    public static Caller? Read(Row row, bool demo)
    {
        if (row.Flag(7) && !demo)
        {
            return null;
        }

        return Enum.TryParse(row.Text(2), out Role role) && Enum.IsDefined(role)
            ? new Caller
            {
                Account = row.Text(0),
                DisplayName = row.Text(1),
                Role = role,
                Organisation = new Organisation(row.Text(3), row.Text(4)),
                Self = row.IdOrNull(5) is { } patient ? new PatientId(patient) : null,
                Source = row.TextOrNull(6) is { } source ? new SourceId(source) : null,
            }
            : null;
    }
}
