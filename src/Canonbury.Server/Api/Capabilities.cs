using System.Reflection;
using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Search;
using Canonbury.Fhir.Subscriptions;
using Canonbury.Fhir.Types;
using Hl7.Fhir.Model;
using SearchParameter = Canonbury.Fhir.Search.SearchParameter;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR capabilities interaction, <c>GET [base]/metadata</c>: what works, and nothing else. https://hl7.org/fhir/R4/http.html#capabilities
/// </summary>
internal static class Capabilities
{
    /// <summary>Types that no source writes and nobody reads as a resource of their own.</summary>
    private static readonly string[] NotServed = ["AuditEvent", "Parameters", "OperationOutcome", "Resource", "DomainResource"];

    private static readonly CapabilityStatement.TypeRestfulInteraction[] Interactions =
    [
        CapabilityStatement.TypeRestfulInteraction.Read,
        CapabilityStatement.TypeRestfulInteraction.Vread,
        CapabilityStatement.TypeRestfulInteraction.HistoryInstance,
        CapabilityStatement.TypeRestfulInteraction.HistoryType,
        CapabilityStatement.TypeRestfulInteraction.Update,
        CapabilityStatement.TypeRestfulInteraction.Patch,
        CapabilityStatement.TypeRestfulInteraction.Delete,
        CapabilityStatement.TypeRestfulInteraction.Create,
        CapabilityStatement.TypeRestfulInteraction.SearchType,
    ];

    private static readonly CapabilityStatement.OperationComponent[] Operations =
    [
        new() { Name = "meta", Definition = "http://hl7.org/fhir/OperationDefinition/Resource-meta" },
        new() { Name = "meta-add", Definition = "http://hl7.org/fhir/OperationDefinition/Resource-meta-add" },
        new() { Name = "meta-delete", Definition = "http://hl7.org/fhir/OperationDefinition/Resource-meta-delete" },
        new() { Name = "validate", Definition = "http://hl7.org/fhir/OperationDefinition/Resource-validate" },
    ];

    private static readonly CapabilityStatement.OperationComponent Everything =
        new() { Name = "everything", Definition = "http://hl7.org/fhir/OperationDefinition/Patient-everything" };

    private static readonly Dictionary<string, CapabilityStatement.OperationComponent[]> OperationsOfType = new()
    {
        ["Patient"] =
        [
            Everything,
            new() { Name = "summary", Definition = "http://hl7.org/fhir/uv/ips/OperationDefinition/summary" },
            new() { Name = "export", Definition = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/patient-export" },
        ],
        ["Group"] = [new() { Name = "export", Definition = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/group-export" }],
        ["Observation"] = [new() { Name = "lastn", Definition = "http://hl7.org/fhir/OperationDefinition/Observation-lastn" }],
        ["Subscription"] = [.. new[] { "status", "events", "get-ws-binding-token" }
            .Select(name => new CapabilityStatement.OperationComponent { Name = name, Definition = Backport.OperationPrefix + name })],
    };

    /// <summary>Those that every type has and the registry does not list with it.</summary>
    private static readonly (string Name, SearchParamType Type)[] OfEveryType =
    [
        ("_id", SearchParamType.Token), ("_text", SearchParamType.String), ("_content", SearchParamType.String), ("_list", SearchParamType.Special),
        ("_has", SearchParamType.Special),
    ];

    // It knows every parameter of every type, which takes a while to compile: not at the start, but when it is first asked for.
    private static readonly Lazy<byte[]> Json = new(() => FhirJson.ToUtf8(Statement()));

    public static Task AnswerAsync(HttpContext context)
    {
        (Shaping shaping, Problem? refused) = Shaping.Of(context.Request);
        return ((Formats.Refusal(context.Request) ?? refused) is { } problem ? FhirAnswer.Of(problem) : new FhirAnswer(200, shaping.Apply(Json.Value))).SendAsync(context);
    }

    private static CapabilityStatement Statement() => new()
    {
        Status = PublicationStatus.Active,
        Date = "2026-11-23",
        Kind = CapabilityStatementKind.Instance,
        Software = new CapabilityStatement.SoftwareComponent
        {
            Name = "Canonbury",
            Version = typeof(Capabilities).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        },
        Implementation = new CapabilityStatement.ImplementationComponent { Description = "An integrated health and care record" },
        Instantiates = ["http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data"],
        FhirVersion = FHIRVersion.N4_0_1,
        Format = ["application/fhir+json", "application/fhir+xml", "json", "xml"],
        PatchFormat = ["application/json-patch+json", "application/fhir+json", "application/fhir+xml"],
        Rest =
        [
            new CapabilityStatement.RestComponent
            {
                Mode = CapabilityStatement.RestfulCapabilityMode.Server,
                Documentation = "A system client, known by its bearer token, writes the resources of its own source, and reads them or, where that is its purpose, every source's.",
                Security = new CapabilityStatement.SecurityComponent { Description = "Bearer tokens (RFC 6750)." },

                // https://hl7.org/fhir/R4/subscription.html: where websockets bind.
                Extension = [new Extension("http://hl7.org/fhir/StructureDefinition/capabilitystatement-websocket", new FhirUri("/fhir/websocket"))],
                Resource = [.. ModelInfo.SupportedResources.Except(NotServed).Order(StringComparer.Ordinal).Select(Of)],
                Operation =
                [
                    .. Operations.Where(operation => operation.Name == "meta"),
                    new() { Name = "export", Definition = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export" },
                ],
                Interaction =
                [
                    new() { Code = CapabilityStatement.SystemRestfulInteraction.Transaction },
                    new() { Code = CapabilityStatement.SystemRestfulInteraction.Batch },
                    new() { Code = CapabilityStatement.SystemRestfulInteraction.HistorySystem },
                    new() { Code = CapabilityStatement.SystemRestfulInteraction.SearchSystem },
                ],
                SearchParam = [.. OfEveryType.Select(one => Of(one.Name, one.Type, null)), .. SearchParameters.Common.Select(Of)],
                Compartment = [.. CompartmentParameters.All.Select(type => $"http://hl7.org/fhir/CompartmentDefinition/{type.ToLowerInvariant()}")],
            },
        ],
    };

    private static CapabilityStatement.ResourceComponent Of(string type) => type == "Person" ? OfPerson() : new()
    {
        TypeElement = new Code<ResourceType> { JsonValue = type },
        Interaction = [.. Interactions.Select(i => new CapabilityStatement.ResourceInteractionComponent { Code = i })],
        Versioning = CapabilityStatement.ResourceVersionPolicy.VersionedUpdate,
        ReadHistory = true,
        UpdateCreate = true,
        ConditionalCreate = true,
        ConditionalRead = CapabilityStatement.ConditionalReadStatus.FullSupport,
        ConditionalUpdate = true,
        ConditionalDelete = CapabilityStatement.ConditionalDeleteStatus.Single,
        ReferencePolicy = [CapabilityStatement.ReferenceHandlingPolicy.Literal, CapabilityStatement.ReferenceHandlingPolicy.Logical],
        Operation = [.. Operations, .. OperationsOfType.GetValueOrDefault(type, [])],
        SupportedProfile = type == nameof(Subscription) ? [Backport.SubscriptionProfile] : [],
        SearchInclude = [.. References(type).Select(parameter => $"{type}:{parameter.Name}").Order(StringComparer.Ordinal)],
        SearchRevInclude =
        [
            .. from source in ResourceTypes.All
               from parameter in References(source)
               where parameter.Targets.Contains(type) && !NotServed.Contains(source) && source != "Person"
               select $"{source}:{parameter.Name}",
        ],
        SearchParam =
        [
            .. OfEveryType.Select(one => Of(one.Name, one.Type, null)),
            .. SearchParameters.Of(type).Values.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(Of),
        ],
    };

    /// <summary>A Person is computed, and so only read.</summary>
    private static CapabilityStatement.ResourceComponent OfPerson() => new()
    {
        TypeElement = new Code<ResourceType> { JsonValue = "Person" },
        Documentation = "Computed from the links between patients.",
        Interaction =
        [
            new() { Code = CapabilityStatement.TypeRestfulInteraction.Read },
            new() { Code = CapabilityStatement.TypeRestfulInteraction.SearchType },
        ],
        Versioning = CapabilityStatement.ResourceVersionPolicy.NoVersion,
        Operation = [Everything],
        SearchParam = [Of("_id", SearchParamType.Token, null), Of("patient", SearchParamType.Reference, null), Of("link", SearchParamType.Reference, null)],
    };

    private static IEnumerable<SearchParameter> References(string type) =>
        SearchParameters.Of(type).Values.Where(parameter => parameter.Kind == SearchParamType.Reference);

    private static CapabilityStatement.SearchParamComponent Of(SearchParameter parameter) => Of(parameter.Name, parameter.Kind, parameter.Definition);

    private static CapabilityStatement.SearchParamComponent Of(string name, SearchParamType kind, string? definition) =>
        new() { Name = name, Type = kind, Definition = definition };
}
