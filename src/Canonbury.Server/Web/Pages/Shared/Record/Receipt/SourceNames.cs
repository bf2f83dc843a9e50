namespace Canonbury.Server.Web.Pages.Shared.Record.Receipt;

/// <summary>What people call the sources: the pages that are about no single record name them too.</summary>
public sealed class SourceNames(IReadOnlyList<SourceStanding> sources)
{
    private readonly Dictionary<string, string> names = sources
        .DistinctBy(source => source.Id)
        .ToDictionary(source => source.Id, source => source.Name, StringComparer.Ordinal);

    /// <summary>The name; the code of a source that is not known.</summary>
    public string Of(string id) => names.GetValueOrDefault(id, id);
}
