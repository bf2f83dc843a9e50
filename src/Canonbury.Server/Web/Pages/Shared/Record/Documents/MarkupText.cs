using System.Net;
using System.Text;

namespace Canonbury.Server.Web.Pages.Shared.Record.Documents;

/// <summary>The words of an HTML or XML document without its markup: what came from outside is never rendered as markup.</summary>
public static class MarkupText
{
    private static readonly string[] Breaks =
        ["p", "br", "div", "tr", "li", "table", "h1", "h2", "h3", "h4", "title", "section", "paragraph", "item", "caption"];
    private static readonly string[] Unread = ["script", "style", "head"];

    public static string Of(string markup)
    {
        StringBuilder text = new(markup.Length);
        int at = 0;
        while (at < markup.Length)
        {
            int open = markup.IndexOf('<', at);
            if (open < 0)
            {
                open = markup.Length;
            }

            text.Append(markup, at, open - at);
            at = open < markup.Length ? Skip(markup, open, text) : open;
        }

        return Tidy(WebUtility.HtmlDecode(text.ToString()));
    }

    /// <summary>The place after the tag or comment at <paramref name="open"/>, or after the element whose content is no text.</summary>
    private static int Skip(string markup, int open, StringBuilder text)
    {
        string end = markup.AsSpan(open).StartsWith("<!--", StringComparison.Ordinal) ? "-->" : ">";
        int close = markup.IndexOf(end, open, StringComparison.Ordinal);
        if (close < 0)
        {
            return markup.Length;
        }

        string tag = markup[(open + 1)..close].TrimStart('/').Split([' ', '/', '\t', '\n', '\r'], 2)[0].ToLowerInvariant();
        if (Breaks.Contains(tag))
        {
            text.Append('\n');
        }
        else if (tag is "td" or "th")
        {
            text.Append("  ");
        }

        if (Unread.Contains(tag) && markup[open + 1] != '/')
        {
            int closing = markup.IndexOf($"</{tag}", close, StringComparison.OrdinalIgnoreCase);
            return closing < 0 ? markup.Length : closing;
        }

        return close + end.Length;
    }

    private static string Tidy(string text)
    {
        IEnumerable<string> lines = text.Replace("\r", "", StringComparison.Ordinal).Split('\n').Select(line => line.Trim());
        StringBuilder tidy = new();
        bool blank = true;
        foreach (string line in lines.Where(line => line.Length > 0 || !blank))
        {
            tidy.Append(line).Append('\n');
            blank = line.Length == 0;
        }

        return tidy.ToString().Trim();
    }
}
