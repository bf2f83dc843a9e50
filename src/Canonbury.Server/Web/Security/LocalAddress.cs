namespace Canonbury.Server.Web.Security;

/// <summary>Where someone is sent back to after signing in: a page of this service, never another site.</summary>
public static class LocalAddress
{
    public static string OrHome(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal)
        && !address.Any(char.IsControl)
            ? address
            : "/";
}
