namespace Canonbury.Server.Web.Pages.Shared.Layout;

/// <summary>Who looks at the page, as its header says it.</summary>
/// <param name="Role">The role in words, such as "general practitioner"; empty for a resident.</param>
/// <param name="Organisation">Empty for a resident.</param>
public sealed record Viewer(string Name, string Role, string Organisation, IReadOnlyList<MenuEntry> Menu);

/// <summary>One entry of the menu at the top of each page.</summary>
public sealed record MenuEntry(string Text, string Address);
