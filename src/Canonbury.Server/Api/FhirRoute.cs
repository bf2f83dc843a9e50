namespace Canonbury.Server.Api;

/// <summary>One interaction with the method and path under the base that ask for it.</summary>
/// <param name="Plan">Of a write, which can be part of a transaction; null for what only reads.</param>
internal sealed record FhirRoute(string Method, string Pattern, Interaction Interaction, Planning? Plan)
{
    private readonly string[] segments = Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What answers the same by POST; null where there is nothing.</summary>
    public Interaction? Posted { get; private init; }

    /// <summary>An operation that only reads.</summary>
    /// <param name="posted">What reads a posted body; null where that holds the parameters.</param>
    public static FhirRoute Operation(string pattern, Interaction interaction, Interaction? posted = null) =>
        new(HttpMethods.Get, pattern, interaction, null) { Posted = posted ?? PostedOperation.Of(interaction) };

    public static FhirRoute Read(string pattern, Interaction interaction) => new(HttpMethods.Get, pattern, interaction, null);

    public static FhirRoute Write(string method, string pattern, Planning plan) => new(method, pattern, call => Writes.OneAsync(call, plan), plan);

    /// <summary>What a path says for the names of the pattern; null where it is another path.</summary>
    public RouteValueDictionary? Match(string[] path)
    {
        if (path.Length != segments.Length)
        {
            return null;
        }

        RouteValueDictionary values = [];
        for (int i = 0; i < path.Length; i++)
        {
            if (segments[i] is ['{', .. var name, '}'])
            {
                values[name] = path[i];
            }
            else if (segments[i] != path[i])
            {
                return null;
            }
        }

        return values;
    }
}
