using Canonbury.Fhir.Statements;
using Hl7.Fhir.Model;

namespace Canonbury.Record.Folding;

/// <summary>
/// The content of one resource while statements are folded into it. Pure. Every order of the same statements ends in the same content
/// (design, section 4: a message is a set of statements).
/// </summary>
internal sealed class FoldedContent
{
    private readonly Type type;
    private readonly string id;

    /// <summary>The newest statement about the whole, as it was sent; it is the content as long as nothing newer was said.</summary>
    private Resource whole;

    /// <summary>Null until it is needed: most resources are stated whole and once.</summary>
    private Dictionary<string, IReadOnlyList<Base>>? parts;

    /// <param name="resource">As stored; it belongs to this object from now on.</param>
    public FoldedContent(Resource resource, FoldState state)
    {
        type = resource.GetType();
        id = resource.Id ?? throw new ArgumentException("A resource that is folded has its id.", nameof(resource));
        State = state;
        whole = resource;
    }

    public FoldState State { get; }

    private Dictionary<string, IReadOnlyList<Base>> Parts => parts ??= Known();

    /// <summary>Folds one statement in. True where the content is another than before.</summary>
    public bool Take(ResourceStatement statement, Stamp stamp)
    {
        if (State.Whole is { } newest && stamp < newest)
        {
            return false;
        }

        bool wasDeleted = State.IsDeleted;
        Dictionary<string, IReadOnlyList<Base>>? before = State.Newest is null ? null : Seen(Parts);
        if (statement.Mode == StatementMode.Elements)
        {
            TakeElements(statement, stamp);
        }
        else
        {
            TakeWhole(statement, stamp);
        }

        if (before is null && State.Keys.Count == 0)
        {
            return State.IsDeleted || whole.EnumerateElements().Any(element => element.Key != "id");
        }

        Remember();
        return wasDeleted != State.IsDeleted || IsOther(before ?? [], Seen(Parts));
    }

    /// <summary>The resource with id and content, without what the server sets.</summary>
    public Resource Build()
    {
        Resource resource = (Resource)Activator.CreateInstance(type)!;
        resource.Id = id;
        if (State.IsDeleted)
        {
            return resource;
        }

        if (State.Keys.Count == 0)
        {
            foreach ((string name, object value) in whole.EnumerateElements().Where(element => element.Key != "id"))
            {
                resource.SetValue(name, value);
            }

            return resource;
        }

        // What several statements said is sorted, so that the order of arrival does not show.
        foreach (IGrouping<string, KeyValuePair<string, IReadOnlyList<Base>>> element in Parts
            .OrderBy(part => part.Key, StringComparer.Ordinal)
            .GroupBy(part => StatementKeys.ElementOf(part.Key)))
        {
            StatementKeys.Join(resource, element.Key, [.. element]);
        }

        return resource;
    }

    private void TakeElements(ResourceStatement statement, Stamp stamp)
    {
        if (statement.Mentions.Count > 0)
        {
            throw new ArgumentException("Only a statement about the whole resource says whom else it is about.", nameof(statement));
        }

        Dictionary<string, IReadOnlyList<Base>> stated = PartsOf(statement.Content);
        foreach (string key in statement.Cleared.Where(key => !stated.ContainsKey(key) && MayState(key, stamp)))
        {
            // What the same statement says anew was never away.
            foreach (string slice in SlicesOf(key, Parts.Keys.Union(State.Keys.Keys)).Where(slice => !stated.ContainsKey(slice) && !IsNewer(slice, stamp)).ToList())
            {
                State.Keys.Remove(slice);
                Parts.Remove(slice);
            }

            State.Keys[key] = stamp;
            Parts.Remove(key);
        }

        foreach ((string key, IReadOnlyList<Base> value) in stated.Where(part => MayState(part.Key, stamp)))
        {
            State.Keys[key] = stamp;
            Parts[key] = value;
        }
    }

    private void TakeWhole(ResourceStatement statement, Stamp stamp)
    {
        Dictionary<string, IReadOnlyList<Base>>? before = State.Newest is null ? null : Parts;
        State.Whole = stamp;
        State.WholeIsDeletion = statement.Mode == StatementMode.Delete;
        State.Mentions = statement.Mentions;
        foreach (string older in State.Keys.Where(key => key.Value <= stamp).Select(key => key.Key).ToList())
        {
            State.Keys.Remove(older);
        }

        whole = statement.Content;
        State.Unseen.Clear();
        parts = null;
        if (before is null)
        {
            return;
        }

        foreach (string slice in State.Keys.Keys.SelectMany(newer => SlicesOf(newer, Parts.Keys)).ToList())
        {
            Parts.Remove(slice);
        }

        foreach (string newer in State.Keys.Keys)
        {
            if (before.TryGetValue(newer, out IReadOnlyList<Base>? value))
            {
                Parts[newer] = value;
            }
            else
            {
                Parts.Remove(newer);
            }
        }
    }

    /// <summary>What the resource will not show goes into the state.</summary>
    private void Remember()
    {
        State.Unseen.Clear();
        foreach ((string key, IReadOnlyList<Base> value) in Parts.Where(part => !StatementKeys.IsSeen(part.Key, Parts)))
        {
            State.Unseen[key] = (Extension)value[0];
        }
    }

    private Dictionary<string, IReadOnlyList<Base>> Known()
    {
        Dictionary<string, IReadOnlyList<Base>> known = PartsOf(whole);
        foreach ((string key, Extension value) in State.Unseen)
        {
            known[key] = [value];
        }

        return known;
    }

    private static Dictionary<string, IReadOnlyList<Base>> Seen(Dictionary<string, IReadOnlyList<Base>> parts) =>
        new(parts.Where(part => StatementKeys.IsSeen(part.Key, parts)), StringComparer.Ordinal);

    private static bool IsOther(Dictionary<string, IReadOnlyList<Base>> before, Dictionary<string, IReadOnlyList<Base>> after) =>
        before.Count != after.Count || after.Any(part => !before.TryGetValue(part.Key, out IReadOnlyList<Base>? known) || !Same(known, part.Value));

    /// <summary>The slices of a bare element; none of a slice, whose own name may hold a slash (an extension's URL).</summary>
    private static IEnumerable<string> SlicesOf(string key, IEnumerable<string> keys) =>
        StatementKeys.ElementOf(key) == key ? keys.Where(other => other.Length > key.Length && StatementKeys.ElementOf(other) == key) : [];

    /// <summary>Whether nothing newer was said about the key, or about its whole element.</summary>
    private bool MayState(string key, Stamp stamp) => !IsNewer(key, stamp)
        && (!State.Keys.TryGetValue(StatementKeys.ElementOf(key), out Stamp? element) || element <= stamp);

    private bool IsNewer(string key, Stamp stamp) => (State.Keys.GetValueOrDefault(key) ?? State.Whole) is { } stated && stated > stamp;

    private static Dictionary<string, IReadOnlyList<Base>> PartsOf(Resource resource) => new(StatementKeys.Of(resource), StringComparer.Ordinal);

    private static bool Same(IReadOnlyList<Base> left, IReadOnlyList<Base> right) =>
        ReferenceEquals(left, right) || (left.Count == right.Count && left.Zip(right).All(pair => pair.First.IsExactly(pair.Second)));
}
