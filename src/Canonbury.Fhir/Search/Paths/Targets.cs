using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Paths;

/// <summary>Says what a reference refers to. https://hl7.org/fhir/R4/references.html#Reference</summary>
internal static class Targets
{
    /// <summary>The type of the target as far as the reference itself tells; null where it does not.</summary>
    public static string? TypeOf(ResourceReference reference, Resource resource)
    {
        if (reference.Reference is ['#', .. var local])
        {
            return resource is DomainResource holder && holder.Contained.Find(contained => contained.Id == local) is { } target ? target.TypeName : null;
        }

        return reference.Reference is { } text && ReferenceText.Of(text).Type is { } named ? named : reference.Type;
    }
}
