using Canonbury.Fhir.Json;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Index;
using Canonbury.Fhir.Search.Values;
using Canonbury.TestData.Samples;
using Hl7.Fhir.ElementModel;
using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;
using Hl7.FhirPath;
using Hl7.FhirPath.Expressions;
using Xunit;
using SearchParameter = Canonbury.Fhir.Search.SearchParameter;

namespace Canonbury.Tests.Fhir.Search;

/// <summary>The compiled paths find what the expressions of the registry find when the SDK's FHIRPath engine runs them.</summary>
public sealed class ExtractionTests
{
    private static readonly FhirPathCompiler Compiler = MakeCompiler();
    private static readonly Dictionary<string, CompiledExpression> Expressions = new(StringComparer.Ordinal);

    [Fact]
    public void Registry_EveryExpression_IsUnderstood()
    {
        List<SearchParamDefinition> defined = [.. ModelInfo.SearchParameters.Where(p => p.Expression is { Length: > 0 } && p.Resource != "DomainResource")];
        Assert.True(defined.Count > 1600);
        foreach (SearchParamDefinition definition in defined)
        {
            SearchParameter? parameter = SearchParameters.Find(definition.Resource!, definition.Name!);
            Assert.True(parameter is not null, $"{definition.Resource}.{definition.Name}");
            Assert.Equal(definition.Type, parameter.Kind);
        }
    }

    [Fact]
    public void Values_OnEveryExampleOfTheSpecification_AreThoseOfFhirPath()
    {
        Assert.SkipWhen(FhirSamples.Missing, SampleData.Reason);
        List<string> differences = [];
        int compared = 0;
        foreach (Resource resource in Examples())
        {
            foreach (SearchParamDefinition definition in ModelInfo.SearchParameters.Where(p => p.Resource == resource.TypeName && p.Expression is { Length: > 0 }))
            {
                if (definition.Name == "deceased")
                {
                    // Its expression gives a truth value and no element.
                    continue;
                }

                SearchParameter parameter = SearchParameters.Find(resource.TypeName, definition.Name!)!;
                List<string> ours = [.. ResourceValues.Of(resource).Full(parameter).Select(Text).Distinct().Order(StringComparer.Ordinal)];
                List<string> theirs = [.. Evaluate(definition, resource).Distinct().Order(StringComparer.Ordinal)];
                compared++;
                bool same = definition.Type == SearchParamType.Composite ? ours.Count == theirs.Count : ours.SequenceEqual(theirs);
                if (!same)
                {
                    differences.Add($"{resource.TypeName}/{resource.Id} {definition.Name}: {string.Join(" ; ", ours)} <> {string.Join(" ; ", theirs)}");
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(20)));
        Assert.True(compared > 5_000, $"{compared} parameters were compared");
    }

    [Fact]
    public void StoredValues_AreTheValues_WithoutWhatIsReadFromTheResource()
    {
        Assert.SkipWhen(FhirSamples.Missing, SampleData.Reason);
        int compared = 0;
        foreach (Resource resource in Examples())
        {
            ResourceValues stored = ResourceValues.Of(resource.TypeName, resource.Id ?? "", IndexBytes.Write(resource), () => resource);
            ResourceValues whole = ResourceValues.Of(resource);
            foreach (SearchParameter parameter in SearchParameters.Of(resource.TypeName).Values.Where(p => p.IsStored))
            {
                IEnumerable<SearchValue> expected = whole.Full(parameter)
                    .Select(value => value is SearchValue.Token token ? new SearchValue.Token(token.System, token.Code) : value)
                    .Where(value => value is not SearchValue.Token { System: null, Code: null });
                Assert.True(stored.Stored(parameter).ToHashSet().SetEquals(expected), $"{resource.TypeName}/{resource.Id} {parameter.Name}");
                compared++;
            }
        }

        Assert.True(compared > 5_000, $"{compared} parameters were compared");
    }

    private static IEnumerable<Resource> Examples() => FhirSamples.All()
        .Where(sample => sample.Origin == "fhir-r4/hl7-spec-examples" && sample.Format == WireFormat.Json)
        .Select(sample => FhirJson.ParseStored(sample.Body).Resource)
        .OfType<Resource>()
        .Where(resource => resource is not Parameters);

    private static IEnumerable<string> Evaluate(SearchParamDefinition definition, Resource resource)
    {
        string expression = definition.Expression!;
        if (!Expressions.TryGetValue(expression, out CompiledExpression? compiled))
        {
            Expressions[expression] = compiled = Compiler.Compile(expression);
        }

        PocoNode root = resource.ToPocoNode();
        FhirEvaluationContext context = new() { ElementResolver = reference => Resolve(reference, resource) };
        foreach (PocoNode found in compiled(root, context))
        {
            if (definition.Type == SearchParamType.Composite)
            {
                yield return "tuple";
                continue;
            }

            foreach (SearchValue value in ValueReader.Read(definition.Type, found.Poco))
            {
                yield return Text(value);
            }
        }
    }

    // What a literal reference says of its target, and contained resources.
    private static PocoNode? Resolve(string reference, Resource resource)
    {
        if (reference is ['#', .. var local])
        {
            return (resource as DomainResource)?.Contained.Find(contained => contained.Id == local)?.ToPocoNode();
        }

        string[] parts = reference.Split("/_history/")[0].Split('/');
        Type? type = parts.Length < 2 ? null : ModelInfo.GetTypeForFhirType(parts[^2]);
        return type is null ? null : ((Resource)Activator.CreateInstance(type)!).ToPocoNode();
    }

    private static string Text(SearchValue value) => value is SearchValue.Tuple ? "tuple"
        : value is SearchValue.Token { IdentifierType: not null } token ? (token with { IdentifierType = null }).ToString()
        : value.ToString();

    private static FhirPathCompiler MakeCompiler()
    {
        SymbolTable symbols = new SymbolTable().AddStandardFP().AddFhirExtensions();
        return new FhirPathCompiler(symbols);
    }
}
