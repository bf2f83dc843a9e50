using Hl7.Fhir.Model;
using Discriminator = Hl7.Fhir.Model.ElementDefinition.DiscriminatorComponent;

namespace Canonbury.Fhir.Validation.Profiles;

/// <summary>Says whether a value belongs to a slice. https://hl7.org/fhir/R4/profiling.html#discriminator</summary>
internal sealed class Slices(ProfileSet profiles)
{
    private static readonly Discriminator ByUrl = new() { Type = ElementDefinition.DiscriminatorType.Value, Path = "url" };
    private static readonly Discriminator ByType = new() { Type = ElementDefinition.DiscriminatorType.Type, Path = "$this" };

    /// <summary>Null where it cannot be known, for what the profile does not say or we do not understand.</summary>
    public bool? Contains(ElementRule whole, ElementRule slice, Base item)
    {
        bool? all = true;
        List<Discriminator> discriminators = Discriminators(whole);
        foreach (Discriminator discriminator in discriminators)
        {
            switch (Matches(discriminator, slice, item))
            {
                case false:
                    return false;
                case null:
                    all = null;
                    break;
            }
        }

        return discriminators.Count == 0 ? null : all;
    }

    // Extensions are sliced by their URL, and choices by their type, without being told: profiling.html#slicing.
    private static List<Discriminator> Discriminators(ElementRule whole) => whole.Slicing is { Discriminator.Count: > 0 } slicing ? slicing.Discriminator
        : whole.Name is "extension" or "modifierExtension" ? [ByUrl]
        : whole.Name.EndsWith("[x]", StringComparison.Ordinal) ? [ByType]
        : [];

    private bool? Matches(Discriminator discriminator, ElementRule slice, Base item)
    {
        string[]? path = discriminator.Path switch
        {
            null => null,
            "$this" => [],
            { } steps when steps.Contains('(', StringComparison.Ordinal) => null,
            { } steps => steps.Replace("$this.", "", StringComparison.Ordinal).Split('.'),
        };
        if (path is null)
        {
            return null;
        }

        Base[] values = [.. Elements.At(item, path)];
        return discriminator.Type switch
        {
            ElementDefinition.DiscriminatorType.Value or ElementDefinition.DiscriminatorType.Pattern => HasValue(slice, path, values),
            ElementDefinition.DiscriminatorType.Exists => Rule(slice, path) is { } rule ? rule.Max == 0 ? values.Length == 0 : rule.Min > 0 ? values.Length > 0 : null : null,
            ElementDefinition.DiscriminatorType.Type => HasType(slice, path, values),
            _ => null,
        };
    }

    private bool? HasValue(ElementRule slice, string[] path, Base[] values)
    {
        // The value may be said at the element, or as part of what is said of one that holds it.
        ElementRule? rule = slice;
        for (int at = 0; rule is not null; rule = rule.FindChild(path[at++]))
        {
            if ((rule.Fixed ?? rule.Pattern) is { } said && Elements.At(said, path[at..]).ToArray() is { Length: > 0 } expected)
            {
                bool isFixed = rule.Fixed is not null;
                return expected.All(one => values.Any(value => isFixed ? value.IsExactly(one) : value.Matches(one)));
            }

            if (at == path.Length)
            {
                break;
            }
        }

        if (path is ["url"] && slice.Types is [{ } type, ..] && type.Profile.FirstOrDefault() is { } profile)
        {
            return values.Any(value => value is FhirUri url && url.Value == profile.Split('|')[0]);
        }

        return rule?.Binding is { Strength: BindingStrength.Required, ValueSet: { } set } ? InAnyOf(set, values) : null;
    }

    private bool? InAnyOf(string valueSet, Base[] values)
    {
        bool? any = false;
        foreach (Base value in values)
        {
            foreach ((string? system, string code) in Elements.Codes(value))
            {
                bool? contains = profiles.Codes.Contains(valueSet, system, code);
                any = any == true || contains == true ? true : contains is null ? null : any;
            }
        }

        return any;
    }

    private static bool? HasType(ElementRule slice, string[] path, Base[] values)
    {
        string[] types = [.. (Rule(slice, path)?.Types ?? []).Select(type => type.Code ?? "")];
        if (types.Length == 0 && path.Length == 0 && slice.Name.EndsWith("[x]", StringComparison.Ordinal))
        {
            // valueQuantity is the slice of value[x] whose type is Quantity.
            return values.Any(value => string.Equals(slice.Name[..^3] + value.TypeName, slice.Slice, StringComparison.OrdinalIgnoreCase));
        }

        return types.Length == 0 ? null : values.Any(value => types.Contains(value.TypeName));
    }

    private static ElementRule? Rule(ElementRule slice, string[] path) => path.Aggregate((ElementRule?)slice, (rule, step) => rule?.FindChild(step));
}
