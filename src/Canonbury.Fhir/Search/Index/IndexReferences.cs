using Canonbury.Fhir.Search.Values;

namespace Canonbury.Fhir.Search.Index;

/// <summary>Everything that a resource refers to here, by its stored values.</summary>
public static class IndexReferences
{
    public static IEnumerable<SearchValue.Reference> Of(ResourceValues resource) => SearchParameters.Of(resource.Type).Values
        .Where(parameter => parameter.Kind == Hl7.Fhir.Model.SearchParamType.Reference)
        .SelectMany(resource.Stored)
        .OfType<SearchValue.Reference>()
        .Where(reference => reference is { Base: null, Type: not null, Id: not null })
        .Distinct();
}
