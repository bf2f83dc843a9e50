using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Search.Query;
using Canonbury.Fhir.Search.Terms;
using Canonbury.Fhir.Types;
using Hl7.Fhir.Model;
using SearchParameter = Canonbury.Fhir.Search.SearchParameter;

namespace Canonbury.Record.Search;

/// <summary><c>_include</c> and <c>_revinclude</c>: what the matches refer to, and what refers to them. https://hl7.org/fhir/R4/search.html#revinclude</summary>
internal static class Inclusions
{
    private const int MostRounds = 8;

    public static IReadOnlyList<Candidate> Of(SearchRun run, IReadOnlyList<Inclusion> wanted, IReadOnlyList<Candidate> matches)
    {
        HashSet<(string, string)> seen = [.. matches.Select(match => match.Name)];
        List<Candidate> included = [];
        IReadOnlyList<Candidate> from = matches;
        for (int round = 0; round < MostRounds && from.Count > 0; round++)
        {
            IReadOnlyList<Inclusion> now = round == 0 ? wanted : [.. wanted.Where(inclusion => inclusion.Iterate)];
            from = [.. now.SelectMany(inclusion => inclusion.Reverse ? Referring(run, inclusion, from) : Referred(run, inclusion, from)).Where(found => seen.Add(found.Name))];
            included.AddRange(from);
        }

        return included;
    }

    private static IEnumerable<Candidate> Referred(SearchRun run, Inclusion inclusion, IReadOnlyList<Candidate> sources)
    {
        HashSet<(string, string)> targets =
        [
            .. from source in sources
               where inclusion.SourceType is null || source.Type == inclusion.SourceType
               from parameter in ParametersOf(source.Type, inclusion)
               from reference in SearchRun.References(source, parameter.Name)
               where inclusion.TargetType is null || reference.Type == inclusion.TargetType
               select (reference.Type!, reference.Id!),
        ];
        return targets.Count == 0 ? [] : run.ByName(targets);
    }

    /// <summary>Those that refer to a patient's resource are looked for in that patient's rows.</summary>
    private static IEnumerable<Candidate> Referring(SearchRun run, Inclusion inclusion, IReadOnlyList<Candidate> targets)
    {
        List<Candidate> meant = [.. targets.Where(target => inclusion.TargetType is null || target.Type == inclusion.TargetType)];
        if (meant.Count == 0)
        {
            return [];
        }

        HashSet<(string, string)> names = [.. meant.Select(target => target.Name)];
        PatientId[] owners = [.. meant.Select(target => target.Owner).Distinct()];
        IReadOnlyList<PatientId>? scope = owners.Contains(PatientId.Nobody) ? null : owners;
        IEnumerable<string> types = inclusion.SourceType is { } type ? [type] : SourcesOf(meant);
        return
        [
            .. from source in types
               from parameter in ParametersOf(source, inclusion)
               where meant.Exists(target => parameter.Targets.Contains(target.Type))
               from found in run.Matches(source, [new ValuePredicate(parameter, [new TargetsTerm(names)])], scope)
               select found,
        ];
    }

    private static IEnumerable<SearchParameter> ParametersOf(string type, Inclusion inclusion) => inclusion.Parameter is { } parameter
        ? SearchParameters.Find(type, parameter.Name) is { } own ? [own] : []
        : SearchParameters.Of(type).Values.Where(one => one.Kind == SearchParamType.Reference);

    private static IEnumerable<string> SourcesOf(IReadOnlyList<Candidate> targets) => ResourceTypes.All.Where(type =>
        SearchParameters.Of(type).Values.Any(parameter => targets.Any(target => parameter.Targets.Contains(target.Type))));
}
