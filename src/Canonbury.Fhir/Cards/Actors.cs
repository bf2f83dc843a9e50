using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Cards;

/// <summary>Reads who and where: the name that a reference shows, or that the contained resource has. Never an identifier.</summary>
internal static class Actors
{
    /// <summary>The name of the first of the references that shows one.</summary>
    public static string? Name(Resource owner, params IEnumerable<ResourceReference?> references) =>
        references.Select(r => One(owner, r)).FirstOrDefault(n => n is not null);

    public static string? Names(Resource owner, IEnumerable<ResourceReference?> references) =>
        Concepts.Join(references.Select(r => One(owner, r)));

    /// <summary>The relative reference <c>Type/id</c>, or null for a contained, absolute or logical one.</summary>
    public static string? Relative(ResourceReference? reference)
    {
        string? target = reference?.Reference;
        return target is null || target.StartsWith('#') || target.Contains(':', StringComparison.Ordinal) ? null : target;
    }

    public static Resource? Contained(Resource owner, ResourceReference? reference)
    {
        if (reference?.Reference is not ['#', .. string id] || owner is not DomainResource { Contained: { } contained })
        {
            return null;
        }

        return contained.Find(c => c.Id == id);
    }

    public static bool Is(ResourceReference? reference, string type) =>
        reference?.Type == type || reference?.Reference?.StartsWith(type + "/", StringComparison.Ordinal) == true;

    /// <summary>A name as one line: its text, else prefix, given and family names.</summary>
    public static string? Line(HumanName? name) => name is null
        ? null
        : Concepts.Text(name.Text) ?? Concepts.Text(string.Join(' ',
            name.Prefix.Concat(name.Given).Append(name.Family).Where(p => !string.IsNullOrWhiteSpace(p))));

    private static string? One(Resource owner, ResourceReference? reference) =>
        Concepts.Text(reference?.Display) ?? Contained(owner, reference) switch
        {
            Practitioner practitioner => Line(practitioner.Name.FirstOrDefault()),
            PractitionerRole role => Concepts.Text(role.Practitioner?.Display) ?? Concepts.Text(role.Organization?.Display),
            RelatedPerson person => Line(person.Name.FirstOrDefault()),
            Organization organisation => Concepts.Text(organisation.Name),
            Location location => Concepts.Text(location.Name),
            _ => null,
        };
}
