using System.Reflection;
using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;
using Task = System.Threading.Tasks.Task;

namespace Canonbury.Server.Api;

/// <summary>
/// FHIR capabilities interaction, <c>GET [base]/metadata</c>: what works, and nothing else. https://hl7.org/fhir/R4/http.html#capabilities
/// </summary>
internal static class Capabilities
{
    private static readonly string[] NotStored =
        ["Person", "AuditEvent", "Parameters", "OperationOutcome", "Subscription", "Resource", "DomainResource"];

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
        new() { Name = "validate", Definition = "http://hl7.org/fhir/OperationDefinition/Resource-validate" },
    ];

    private static readonly ReadOnlyMemory<byte> Json = FhirJson.ToUtf8(Statement());

    public static Task AnswerAsync(HttpContext context)
    {
        (Shaping shaping, Problem? refused) = Shaping.Of(context.Request);
        return ((Formats.Refusal(context.Request) ?? refused) is { } problem ? FhirAnswer.Of(problem) : new FhirAnswer(200, shaping.Apply(Json))).SendAsync(context);
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
        FhirVersion = FHIRVersion.N4_0_1,
        Format = ["application/fhir+json", "application/fhir+xml", "json", "xml"],
        PatchFormat = ["application/json-patch+json", "application/fhir+json", "application/fhir+xml"],
        Rest =
        [
            new CapabilityStatement.RestComponent
            {
                Mode = CapabilityStatement.RestfulCapabilityMode.Server,
                Documentation = "A system client, known by its bearer token, reads and writes the resources of its own source.",
                Security = new CapabilityStatement.SecurityComponent { Description = "Bearer tokens (RFC 6750)." },
                Resource = [.. ModelInfo.SupportedResources.Except(NotStored).Order(StringComparer.Ordinal).Select(Of)],
                Operation = [.. Operations.Where(operation => operation.Name == "meta")],
                Interaction =
                [
                    new() { Code = CapabilityStatement.SystemRestfulInteraction.Transaction },
                    new() { Code = CapabilityStatement.SystemRestfulInteraction.Batch },
                    new() { Code = CapabilityStatement.SystemRestfulInteraction.HistorySystem },
                ],
            },
        ],
    };

    private static CapabilityStatement.ResourceComponent Of(string type) => new()
    {
        TypeElement = new Code<ResourceType> { JsonValue = type },
        Interaction = [.. Interactions.Select(i => new CapabilityStatement.ResourceInteractionComponent { Code = i })],
        Versioning = CapabilityStatement.ResourceVersionPolicy.VersionedUpdate,
        ReadHistory = true,
        UpdateCreate = true,
        ConditionalCreate = true,
        ConditionalUpdate = true,
        ConditionalDelete = CapabilityStatement.ConditionalDeleteStatus.Single,
        Operation = [.. Operations],
        SearchParam = [.. Parameters(type)],
    };

    private static IEnumerable<CapabilityStatement.SearchParamComponent> Parameters(string type)
    {
        yield return new() { Name = "_id", Type = SearchParamType.Token };
        yield return new() { Name = "identifier", Type = SearchParamType.Token };
        if (PatientCompartment.Names(type))
        {
            yield return new() { Name = "patient", Type = SearchParamType.Reference };
            yield return new() { Name = "subject", Type = SearchParamType.Reference };
        }
    }
}
