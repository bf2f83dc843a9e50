using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation.Profiles;

/// <summary>Asks whether a profile's rule in FHIRPath holds. https://hl7.org/fhir/R4/conformance-rules.html#constraints</summary>
internal static class Invariants
{
    static Invariants() => ElementNavFhirExtensions.PrepareFhirSymbolTableFunctions();

    /// <summary>Null where the rule cannot be run: then nothing is said against the resource.</summary>
    /// <param name="resource">The nearest resource around the element, or it itself.</param>
    /// <param name="root">The resource that contains that one, or the same.</param>
    public static bool? Holds(Base element, Resource resource, Resource root, ElementDefinition.ConstraintComponent invariant)
    {
        if (string.IsNullOrWhiteSpace(invariant.Expression))
        {
            return null;
        }

        try
        {
            return element.Predicate(invariant.Expression, new FhirEvaluationContext { Resource = resource.ToPocoNode(), RootResource = root.ToPocoNode() });
        }
        catch (Exception broken) when (broken is FormatException or InvalidOperationException or ArgumentException or NotSupportedException or InvalidCastException)
        {
            return null;
        }
    }
}
