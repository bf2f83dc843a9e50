using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Validation.Profiles;

/// <summary>Asks whether a profile's rule in FHIRPath holds. https://hl7.org/fhir/R4/conformance-rules.html#constraints</summary>
internal static class Invariants
{
    static Invariants() => ElementNavFhirExtensions.PrepareFhirSymbolTableFunctions();

    /// <summary>Null where the rule cannot be run: then nothing is said against the resource.</summary>
    public static bool? Holds(Base element, Resource root, ElementDefinition.ConstraintComponent invariant)
    {
        if (string.IsNullOrWhiteSpace(invariant.Expression))
        {
            return null;
        }

        try
        {
            PocoNode whole = root.ToPocoNode();
            return element.Predicate(invariant.Expression, new FhirEvaluationContext { Resource = whole, RootResource = whole });
        }
        catch (Exception broken) when (broken is FormatException or InvalidOperationException or ArgumentException or NotSupportedException or InvalidCastException)
        {
            return null;
        }
    }
}
