using System.Xml.Linq;
using Canonbury.Database;
using Canonbury.Database.Commit;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Canonbury.Access.SignIn;

/// <summary>Keeps the keys of ASP.NET Core Data Protection (antiforgery) in the database, so that every process has the same.</summary>
internal sealed class DataProtectionKeys(RecordDatabase database, GroupCommitter committer, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using Session session = database.Open();
        return session.Query("SELECT xml FROM data_protection_key ORDER BY created_at, name", row => XElement.Parse(row.Text(0)));
    }

    // The framework asks synchronously, once in ninety days.
    public void StoreElement(XElement element, string friendlyName) => committer.CommitAsync(
        0,
        session => session.Execute(
            "INSERT INTO data_protection_key (name, xml, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
            friendlyName,
            element.ToString(SaveOptions.DisableFormatting),
            time.GetUtcNow())).GetAwaiter().GetResult();
}
