using System.Globalization;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Types;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.Search.Query;

/// <summary>
/// Reads the parameters of a search: what is understood becomes the search; what is not refuses it, or is passed over and said, as the caller
/// prefers. A value or modifier that is wrong always refuses it. https://hl7.org/fhir/R4/search.html#errors
/// </summary>
public sealed class QueryReader(QueryContext context)
{
    /// <summary>They shape the answer, not the search: whoever answers reads them.</summary>
    private static readonly string[] OfTheAnswer = ["_format", "_pretty", "_summary", "_elements"];

    private readonly CriterionReader criteria = new(context);
    private readonly List<Issue> wrong = [];
    private readonly List<Issue> unknown = [];

    /// <param name="types">The types that are searched: one, or several at system level; none there for all.</param>
    public ReadQuery Read(IReadOnlyList<string> types, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count > SearchLimits.Parameters)
        {
            return new ReadQuery(null, new Problem(ProblemKind.Invalid, "too-many-parameters", $"A search may have at most {SearchLimits.Parameters} parameters."));
        }

        SearchQuery query = new() { Types = types };
        List<KeyValuePair<string, string>> understood = [];
        foreach ((string key, string value) in parameters)
        {
            int issues = wrong.Count + unknown.Count;
            query = value.Length == 0 && key != "_page"
                ? PassOver(query, new Issue("parameter-empty", "The parameter has no value.", $"http.{key}"))
                : Take(query, key, value);
            if (wrong.Count + unknown.Count == issues && key != "_page")
            {
                understood.Add(new(key, value));
            }
        }

        if (wrong.Count > 0 || (context.Strict && unknown.Count > 0))
        {
            return new ReadQuery(null, Problem.Refused([.. wrong, .. unknown]));
        }

        return new ReadQuery(
            query with
            {
                Understood = understood,
                PassedOver = [.. unknown.Select(issue => issue with { Severity = OperationOutcome.IssueSeverity.Warning })],
            },
            null);
    }

    private SearchQuery Take(SearchQuery query, string key, string value)
    {
        switch (key)
        {
            case "_sort":
                return query with { Sort = [.. query.Sort, .. Sort(query.Types, value)] };
            case "_count":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                    ? query with { Count = Math.Min(count, SearchLimits.PageSize) }
                    : Refuse(query, "parameter-value-invalid", "'_count' is a number from 0.", key);
            case "_total":
                return value is "none" or "estimate" or "accurate"
                    ? query with { WantsTotal = value != "none" }
                    : Refuse(query, "parameter-value-invalid", "'_total' is none, estimate or accurate.", key);
            case "_summary" when value == "count":
                return query with { Count = 0, WantsTotal = true };
            case "_page":
                return query with { Cursor = value };
            case "_linked":
                return value is "true" or "false"
                    ? query with { Linked = value == "true" }
                    : Refuse(query, "parameter-value-invalid", "'_linked' is true or false.", key);
            case "_type" when query.Types.Count != 1:
                return query;
            case "_contained" when value == "false":
                return query;
            default:
                return OfTheAnswer.Contains(key) ? query
                    : key.StartsWith("_include", StringComparison.Ordinal) || key.StartsWith("_revinclude", StringComparison.Ordinal) ? Include(query, key, value)
                    : Condition(query, key, value);
        }
    }

    private SearchQuery Condition(SearchQuery query, string key, string value)
    {
        (Criterion? criterion, Issue? issue) = criteria.Read(query.Types, key, value, key);
        return criterion is not null ? query with { Criteria = [.. query.Criteria, criterion] }
            : issue!.Code == "parameter-unknown" ? PassOver(query, issue)
            : Refuse(query, issue);
    }

    private IEnumerable<SortKey> Sort(IReadOnlyList<string> types, string value)
    {
        string[] names = value.Split(',');
        if (names.Length > SearchLimits.SortKeys)
        {
            wrong.Add(new Issue("too-many-sort-keys", $"A search may sort by at most {SearchLimits.SortKeys} parameters.", "http._sort"));
            yield break;
        }

        foreach (string name in names)
        {
            bool descending = name.StartsWith('-');
            string plain = name.TrimStart('-');
            if (plain == "_id")
            {
                yield return new SortKey(null, descending);
            }
            else if (CriterionReader.Find(types, plain) is { Components.Count: 0 } parameter)
            {
                yield return new SortKey(parameter, descending);
            }
            else
            {
                unknown.Add(new Issue("parameter-unknown", "This server does not sort by this parameter.", "http._sort", Type: OperationOutcome.IssueType.NotSupported));
            }
        }
    }

    private SearchQuery Include(SearchQuery query, string key, string value)
    {
        string[] name = key.Split(':');
        if (name is not ["_include" or "_revinclude"] and not ["_include" or "_revinclude", "iterate" or "recurse"])
        {
            return Refuse(query, "modifier-not-supported", "An inclusion has no modifier but iterate.", key);
        }

        bool reverse = name[0] == "_revinclude";
        bool iterate = name.Length > 1;
        string[] parts = value.Split(':');
        if (parts is ["*"])
        {
            return query with { Inclusions = [.. query.Inclusions, new Inclusion(reverse, null, null, null, iterate)] };
        }

        if (parts.Length is not (2 or 3) || !ResourceTypes.Contains(parts[0]))
        {
            return Refuse(query, "parameter-value-invalid", "An inclusion is Type:parameter or Type:parameter:TargetType.", key);
        }

        string? target = parts.Length == 3 && parts[2].Length > 0 ? parts[2] : null;
        if (parts[1] == "*")
        {
            return query with { Inclusions = [.. query.Inclusions, new Inclusion(reverse, parts[0], null, target, iterate)] };
        }

        return SearchParameters.Find(parts[0], parts[1]) is { Kind: SearchParamType.Reference } parameter && (target is null || parameter.Targets.Contains(target))
            ? query with { Inclusions = [.. query.Inclusions, new Inclusion(reverse, parts[0], parameter, target, iterate)] }
            : PassOver(query, new Issue("parameter-unknown", "The type has no such reference to include by.", $"http.{key}", Type: OperationOutcome.IssueType.NotSupported));
    }

    private SearchQuery PassOver(SearchQuery query, Issue issue)
    {
        unknown.Add(issue);
        return query;
    }

    private SearchQuery Refuse(SearchQuery query, string code, string words, string key) => Refuse(query, new Issue(code, words, $"http.{key}"));

    private SearchQuery Refuse(SearchQuery query, Issue issue)
    {
        wrong.Add(issue);
        return query;
    }
}
