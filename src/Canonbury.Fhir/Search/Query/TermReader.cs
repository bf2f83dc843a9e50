using System.Globalization;
using Canonbury.Fhir.Search.Paths;
using Canonbury.Fhir.Search.Terms;
using Canonbury.Fhir.Search.Values;
using Canonbury.Fhir.Text;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Query;

/// <summary>Reads one value of a query. Null where it is not one of its kind. https://hl7.org/fhir/R4/search.html#ptypes</summary>
internal sealed class TermReader(QueryContext context)
{
    private static readonly string[] Prefixes = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

    /// <param name="modifier">Null for none; one that the kind allows.</param>
    /// <param name="targets">The types that a reference may lead to.</param>
    public SearchTerm? Read(SearchParamType kind, string? modifier, string text, IReadOnlySet<string> targets) => kind switch
    {
        SearchParamType.Token => Token(modifier, text),
        SearchParamType.String => new WordsTerm(Mode(modifier), Escapes.Undo(text)),
        SearchParamType.Date => Date(text),
        SearchParamType.Number => Number(text),
        SearchParamType.Quantity => Quantity(text),
        SearchParamType.Reference when modifier == "identifier" => Token(null, text) is TokenTerm identifier ? new LogicalTerm(identifier) : null,
        SearchParamType.Reference => Reference(modifier, Escapes.Undo(text), targets),
        SearchParamType.Uri => new UriTerm(modifier switch { "below" => UriMode.Below, "above" => UriMode.Above, _ => UriMode.Same }, Escapes.Undo(text)),
        _ => null,
    };

    /// <summary>The parts of a composite stand between dollar signs.</summary>
    public TupleTerm? Tuple(IReadOnlyList<ComponentParameter> components, string text)
    {
        IReadOnlyList<string> parts = Escapes.Split(text, '$');
        if (parts.Count != components.Count)
        {
            return null;
        }

        SearchTerm?[] terms = [.. components.Select((component, i) => parts[i].Length == 0 ? null : Read(component.Kind, null, parts[i], component.Targets))];
        return terms.Any(term => term is null) ? null : new TupleTerm(terms!);
    }

    private static WordsMode Mode(string? modifier) => modifier switch
    {
        "exact" => WordsMode.Exact,
        "contains" => WordsMode.Contains,
        _ => WordsMode.StartsWith,
    };

    private static SearchTerm? Token(string? modifier, string text)
    {
        if (modifier == "text")
        {
            return new TokenTextTerm(Folding.Fold(Escapes.Undo(text)));
        }

        IReadOnlyList<string> parts = Escapes.Split(text, '|');
        return modifier == "of-type"
            ? parts is [{ Length: > 0 } typeSystem, { Length: > 0 } type, { Length: > 0 } value]
                ? new IdentifierTypeTerm(Escapes.Undo(typeSystem), Escapes.Undo(type), Escapes.Undo(value))
                : null
            : parts switch
            {
                [{ Length: > 0 } code] => new TokenTerm(true, null, Escapes.Undo(code)),
                ["", { Length: > 0 } code] => new TokenTerm(false, null, Escapes.Undo(code)),
                [{ Length: > 0 } system, ""] => new TokenTerm(false, Escapes.Undo(system), null),
                [{ Length: > 0 } system, { Length: > 0 } code] => new TokenTerm(false, Escapes.Undo(system), Escapes.Undo(code)),
                _ => null,
            };
    }

    private DateTerm? Date(string text)
    {
        Prefix prefix = TakePrefix(ref text);

        // A plus sign that was not encoded arrives as a space.
        if (DateRange.Parse(text.Replace(' ', '+')) is not { } range)
        {
            return null;
        }

        if (prefix == Prefix.Ap)
        {
            // search.html#prefix: within a tenth of the gap between now and the date.
            long gap = Math.Abs(context.Now.UtcTicks - range.First) / 10;
            range = new DateRange(Math.Max(DateRange.Always.First, range.First - gap), Math.Min(DateRange.Always.Last, range.Last + gap));
        }

        return new DateTerm(prefix, range);
    }

    private static QuantityTerm? Number(string text)
    {
        Prefix prefix = TakePrefix(ref text);
        return Searched(prefix, text) is { } number ? new QuantityTerm(prefix, number, AnyUnit: true, null, null) : null;
    }

    private static QuantityTerm? Quantity(string text)
    {
        Prefix prefix = TakePrefix(ref text);
        IReadOnlyList<string> parts = [.. Escapes.Split(text, '|').Select(Escapes.Undo)];
        if (parts.Count is not (1 or 3) || Searched(prefix, parts[0]) is not { } number)
        {
            return null;
        }

        string? system = parts.Count == 3 && parts[1].Length > 0 ? parts[1] : null;
        string? unit = parts.Count == 3 && parts[2].Length > 0 ? parts[2] : null;
        return new QuantityTerm(prefix, number, AnyUnit: system is null && unit is null, system, unit);
    }

    /// <summary>The range that the digits imply (search.html#number): half of the last digit to either side.</summary>
    private static SearchedNumber? Searched(Prefix prefix, string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact) || Math.Abs(exact) > 1e20m)
        {
            return null;
        }

        if (prefix == Prefix.Ap)
        {
            decimal tenth = Math.Abs(exact) / 10;
            return new SearchedNumber(exact, exact - tenth, exact + tenth);
        }

        int exponentAt = text.IndexOfAny(['e', 'E']);
        ReadOnlySpan<char> digits = exponentAt < 0 ? text : text.AsSpan(0, exponentAt);
        int point = digits.IndexOf('.');
        int exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        // The specification's own example: 1e2 is from 95 to 105.
        long places = (point < 0 ? 0 : digits.Length - point - 1) - (long)exponent + (exponentAt < 0 ? 0 : 1);
        if (places is < -20 or > 20)
        {
            return null;
        }

        decimal half = 0.5m;
        for (long i = 0; i < Math.Abs(places); i++)
        {
            half = places > 0 ? half / 10 : half * 10;
        }

        return new SearchedNumber(exact, exact - half, exact + half);
    }

    private ReferenceTerm? Reference(string? type, string text, IReadOnlySet<string> targets)
    {
        text = text.StartsWith(context.BaseUrl + "/", StringComparison.Ordinal) ? text[(context.BaseUrl.Length + 1)..] : text;
        ReferenceText known = ReferenceText.Of(text);
        if (known is { Base: null, Type: { } named, Id: { } id })
        {
            return (type is null || type == named) && Id.IsValidValue(id) ? new ReferenceTerm(named, context.Ids(named, id), null, known.Version) : null;
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            string url = known.Version is null ? text : text[..text.IndexOf("/_history/", StringComparison.Ordinal)];
            return new ReferenceTerm(null, [], url, known.Version);
        }

        if (!Id.IsValidValue(text))
        {
            return null;
        }

        IEnumerable<string> types = type is not null ? [type] : targets;
        return new ReferenceTerm(type, [.. types.SelectMany(target => context.Ids(target, text)).Prepend(text).Distinct()], null, null);
    }

    private static Prefix TakePrefix(ref string text)
    {
        int prefix = text.Length > 2 ? Array.IndexOf(Prefixes, text[..2]) : -1;
        if (prefix >= 0)
        {
            text = text[2..];
        }

        return prefix < 0 ? Prefix.Eq : (Prefix)prefix;
    }
}
