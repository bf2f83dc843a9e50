using System.Text.Json;

namespace Canonbury.Server.Web.Json;

/// <summary>People's names as the NHS writes them: <c>SMITH, John Paul (Mr)</c>.</summary>
public static class NameText
{
    /// <summary>The usual or official name of a list, else the first that is not old; null where there is none.</summary>
    public static string? Of(IEnumerable<JsonElement> names)
    {
        List<JsonElement> all = [.. names];
        JsonElement? chosen = all.Where(name => name.Text("use") == "usual").Concat(all.Where(name => name.Text("use") == "official"))
            .Concat(all.Where(name => name.Text("use") != "old"))
            .Concat(all)
            .Cast<JsonElement?>()
            .FirstOrDefault();
        return chosen is { } one ? Of(one) : null;
    }

    public static string? Of(JsonElement name)
    {
        string given = string.Join(' ', name.List("given").Select(part => part.GetString()));
        string prefix = string.Join(' ', name.List("prefix").Select(part => part.GetString()));
        string? family = name.Text("family")?.ToUpperInvariant();
        string text = (family, given) switch
        {
            (null, "") => name.Text("text") ?? "",
            (null, _) => given,
            (_, "") => family,
            _ => $"{family}, {given}",
        };
        return text.Length == 0 ? null : prefix.Length == 0 ? text : $"{text} ({prefix})";
    }
}
