namespace Canonbury.Fhir.Ids;

/// <summary>
/// Marks a <c>Patient.link</c> that was computed from the links between patients when the resource was read: it is no statement of the source, and is
/// taken off when the resource is sent back.
/// </summary>
public static class ComputedLink
{
    public const string Url = "urn:canonbury:computed-link";
}
