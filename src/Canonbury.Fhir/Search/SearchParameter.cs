using Canonbury.Fhir.Search.Paths;
using Canonbury.Fhir.Search.Values;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search;

/// <summary>One way to search a resource type. https://hl7.org/fhir/R4/searchparameter.html</summary>
public sealed class SearchParameter
{
    internal SearchParameter(string name, SearchParamType kind, string? definition, IReadOnlyList<ElementPath> paths, IReadOnlySet<string> targets)
    {
        Name = name;
        Kind = kind;
        Definition = definition;
        Paths = paths;
        Targets = targets;
        Number = ParameterNumbers.Of(name);
    }

    public string Name { get; }

    public SearchParamType Kind { get; }

    /// <summary>The canonical URL of its definition; null for those that the registry does not list.</summary>
    public string? Definition { get; }

    /// <summary>The types that a reference may lead to; none for other kinds.</summary>
    public IReadOnlySet<string> Targets { get; }

    /// <summary>False for those whose values are long and seldom asked for: they are read from the resource.</summary>
    public bool IsStored => Components.Count == 0 && Name is not ("_source" or "_profile");

    /// <summary>The parts of a composite; none for other kinds.</summary>
    public IReadOnlyList<ComponentParameter> Components { get; internal init; } = [];

    /// <summary>The elements that it looks at, without the type's name and conditions.</summary>
    public IReadOnlyList<string> Elements => [.. Paths.Select(path => path.Elements)];

    internal IReadOnlyList<ElementPath> Paths { get; }

    /// <summary>What stands for its name in stored values.</summary>
    public int Number { get; }

    /// <summary>The values under which a resource is found by this parameter.</summary>
    internal List<SearchValue> Extract(Resource resource)
    {
        List<SearchValue> values = [];
        foreach (ElementPath path in Paths)
        {
            path.Visit(resource, resource, element =>
            {
                if (Components.Count > 0)
                {
                    values.Add(new SearchValue.Tuple([.. Components.Select(component => component.Extract(element, resource))]));
                }
                else
                {
                    values.AddRange(ValueReader.Read(Kind, element));
                }
            });
        }

        return values;
    }
}

/// <summary>One part of a composite parameter: its kind, and its paths from the composite's base.</summary>
public sealed class ComponentParameter
{
    internal ComponentParameter(SearchParamType kind, IReadOnlyList<ElementPath> paths, IReadOnlySet<string> targets)
    {
        Kind = kind;
        Paths = paths;
        Targets = targets;
    }

    public SearchParamType Kind { get; }

    public IReadOnlySet<string> Targets { get; }

    private IReadOnlyList<ElementPath> Paths { get; }

    internal IReadOnlyList<SearchValue> Extract(Base start, Resource resource)
    {
        List<SearchValue> values = [];
        foreach (ElementPath path in Paths)
        {
            path.Visit(start, resource, element => values.AddRange(ValueReader.Read(Kind, element)));
        }

        return values;
    }
}
