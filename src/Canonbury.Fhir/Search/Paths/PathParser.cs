namespace Canonbury.Fhir.Search.Paths;

/// <summary>
/// Reads the FHIRPath that search parameters are written in: unions of paths with <c>as</c>, <c>where</c> and an index. Anything else is refused
/// when the program starts, so that no parameter silently finds nothing.
/// </summary>
internal sealed class PathParser
{
    // The one expression that is no path (R4 patient.html#search).
    private const string Deceased = "Patient.deceased.exists() and Patient.deceased != false";

    private readonly string text;
    private int at;

    private PathParser(string text) => this.text = text;

    /// <summary>The paths of an expression that begin at the given type or at Resource and DomainResource, without that beginning.</summary>
    /// <param name="type">Null for an expression that begins at an element, as the components of composites do.</param>
    public static IReadOnlyList<ElementPath> Parse(string expression, string? type)
    {
        if (expression == Deceased)
        {
            return type == "Patient" ? [new ElementPath([new PathStep.IsSo("deceased")])] : [];
        }

        PathParser parser = new(expression);
        List<List<PathStep>> branches = parser.Union();
        parser.Expect(parser.at == expression.Length);
        return [.. branches.Select(steps => From(steps, type)).OfType<ElementPath>()];
    }

    // One expression of the registry begins at an element though it is one of a type.
    private static ElementPath? From(List<PathStep> steps, string? type) => type is null || steps is [PathStep.Child { Name: [>= 'a' and <= 'z', ..] }, ..]
        ? new ElementPath(steps)
        : steps is [PathStep.Child { Name: var root }, ..] && (root == type || root is "Resource" or "DomainResource") ? new ElementPath(steps[1..]) : null;

    private List<List<PathStep>> Union()
    {
        List<List<PathStep>> branches = Term();
        while (Take("|"))
        {
            branches.AddRange(Term());
        }

        return branches;
    }

    /// <summary>A path, or a union in brackets, and what follows it.</summary>
    private List<List<PathStep>> Term()
    {
        List<List<PathStep>> branches;
        if (Take("("))
        {
            branches = Union();
            Expect(Take(")"));
        }
        else
        {
            branches = [[Take("%resource") ? new PathStep.Root() : new PathStep.Child(Name())]];
        }

        while (true)
        {
            PathStep? next = Take(".") ? Function() : Take("[") ? Index() : Take("as ") ? new PathStep.OfType(Name()) : null;
            if (next is null)
            {
                return branches;
            }

            branches.ForEach(steps => steps.Add(next));
        }
    }

    private PathStep Function()
    {
        string name = Name();
        if (!Take("("))
        {
            return new PathStep.Child(name);
        }

        PathStep step = name switch
        {
            "as" or "ofType" => new PathStep.OfType(Name()),
            "where" => Condition(),
            _ => throw Unknown(),
        };
        Expect(Take(")"));
        return step;
    }

    private PathStep Condition()
    {
        if (Take("resolve()"))
        {
            Expect(Take("is "));
            return new PathStep.RefersTo(Name());
        }

        string name = Name();
        Expect(Take("=") && Take("'"));
        int end = text.IndexOf('\'', at);
        string value = text[at..end];
        at = end + 1;
        return new PathStep.Where(name, value);
    }

    private PathStep.At Index()
    {
        int end = text.IndexOf(']', at);
        int index = int.Parse(text.AsSpan(at, end - at), System.Globalization.CultureInfo.InvariantCulture);
        at = end + 1;
        return new PathStep.At(index);
    }

    private string Name()
    {
        SkipSpace();
        int start = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
        {
            at++;
        }

        Expect(at > start);
        return text[start..at];
    }

    private bool Take(string token)
    {
        SkipSpace();
        if (!text.AsSpan(at).StartsWith(token))
        {
            return false;
        }

        at += token.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }

    private void Expect(bool holds)
    {
        if (!holds)
        {
            throw Unknown();
        }
    }

    private InvalidOperationException Unknown() => new($"The search expression '{text}' has something unknown at {at}.");
}
