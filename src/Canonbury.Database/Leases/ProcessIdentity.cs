namespace Canonbury.Database.Leases;

/// <summary>Names this run of the program among those that share a database.</summary>
public sealed record ProcessIdentity(Guid Id, string Name)
{
    public static ProcessIdentity New() => new(Guid.CreateVersion7(), $"{Environment.MachineName}/{Environment.ProcessId}");
}
