using System.Text.Json;

namespace Canonbury.Server.Web.Json;

/// <summary>Addresses on one line.</summary>
public static class AddressText
{
    /// <summary>The home address of a list, else the first that is not old; null where there is none.</summary>
    public static string? Of(IEnumerable<JsonElement> addresses)
    {
        List<JsonElement> current = [.. addresses.Where(address => address.Text("use") != "old")];
        JsonElement? chosen = current.Where(address => address.Text("use") == "home").Concat(current).Cast<JsonElement?>().FirstOrDefault();
        return chosen is { } one ? Of(one) : null;
    }

    public static string? Of(JsonElement address)
    {
        IEnumerable<string?> parts = address.List("line").Select(line => line.GetString())
            .Concat([address.Text("city"), address.Text("district"), address.Text("postalCode")]);
        string text = string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
        return text.Length == 0 ? address.Text("text") : text;
    }
}
