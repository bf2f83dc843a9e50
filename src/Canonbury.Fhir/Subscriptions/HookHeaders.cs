using System.Buffers;
using Canonbury.Fhir.Problems;

namespace Canonbury.Fhir.Subscriptions;

/// <summary>
/// The headers that a subscription wants with its notifications, each <c>Name: value</c> (RFC 9110 section 5). What would change the framing or the
/// target of the request is refused. https://hl7.org/fhir/R4/subscription-definitions.html#Subscription.channel.header
/// </summary>
internal static class HookHeaders
{
    private const int Most = 20;

    private const int Longest = 4000;

    /// <summary>RFC 9110 section 5.6.2.</summary>
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly string[] Ours =
        ["Host", "Connection", "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Trailer", "TE", "Upgrade", "Expect", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection"];

    public static (IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<Issue> Issues) Read(IReadOnlyList<string?> sent, string element)
    {
        List<KeyValuePair<string, string>> headers = [];
        List<Issue> issues = [];
        for (int i = 0; i < sent.Count; i++)
        {
            if (i < Most && Header(sent[i] ?? "") is { } header)
            {
                headers.Add(header);
            }
            else
            {
                issues.Add(new Issue("header-not-accepted", "A header is 'Name: value' in plain characters on one line, and none that frames the request.", $"{element}[{i}]"));
            }
        }

        return (headers, issues);
    }

    private static KeyValuePair<string, string>? Header(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || text.Length > Longest || text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return null;
        }

        string name = text[..colon];
        return name.AsSpan().ContainsAnyExcept(TokenCharacters) || Ours.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? null
            : KeyValuePair.Create(name, text[(colon + 1)..].Trim());
    }
}
