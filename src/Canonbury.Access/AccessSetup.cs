using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Http;
using Canonbury.Access.SignIn;
using Canonbury.Database;
using Canonbury.Identify.Links;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Canonbury.Access;

public static class AccessSetup
{
    /// <summary>The path under which only tokens count: a cookie there would let another site's form write.</summary>
    private const string ApiPath = "/fhir";

    private const string ByPath = "ByPath";

    /// <summary>Needs the rooms Database and Identify, and a <see cref="RegisterSource"/> from the composition.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>()
            .Bind(configuration.GetSection(AccessOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Accounts>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInDesk>();
        services.AddSingleton<ClientTokens>();
        services.AddSingleton<ClientCallers>();
        AddAudit(services);
        services.AddSingleton<FindPersonOf>(provider => provider.GetRequiredService<CurrentLinks>().PersonOfAsync);
        services.AddSingleton<FindPatientsOf>(provider => provider.GetRequiredService<CurrentLinks>().PatientsOfAsync);
        services.AddSingleton<CurrentLinks>();
        services.TryAddSingleton<FindHidden>((_, _) => null);
        services.AddSingleton<AccessDesk>();
        AddSignIn(services);
        return services;
    }

    /// <summary>Finds out who asks, and holds back data that is not in the audit. Stands after routing and before the endpoints.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) =>
        app.UseAuthentication().UseMiddleware<AuditGate>();

    private static void AddAudit(IServiceCollection services)
    {
        services.AddSingleton<AuditTable>();
        services.AddSingleton(provider => new AuditJournal(
            JournalFolder(provider),
            Guid.CreateVersion7(),
            provider.GetRequiredService<IOptions<AccessOptions>>().Value.JournalMiB * 1024L * 1024));
        services.AddSingleton(provider => new AuditStorer(
            provider.GetRequiredService<AuditJournal>(),
            JournalFolder(provider),
            provider.GetRequiredService<AuditTable>().StoreAsync,
            provider.GetRequiredService<IOptions<AccessOptions>>().Value.StrictAudit,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AuditStorer>>()));
        services.AddSingleton(provider => new AuditTrail(
            provider.GetRequiredService<AuditJournal>(),
            provider.GetRequiredService<AuditStorer>(),
            provider.GetRequiredService<IOptions<AccessOptions>>().Value.StrictAudit,
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<AuditStorer>());
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Canonbury");
        services.AddSingleton<IXmlRepository, DataProtectionKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, repository) => options.XmlRepository = repository);
        services.AddAuthentication(ByPath)
            .AddScheme<AuthenticationSchemeOptions, SessionScheme>(SessionScheme.Name, null)
            .AddScheme<AuthenticationSchemeOptions, BearerScheme>(BearerScheme.Name, null)
            .AddPolicyScheme(ByPath, null, options => options.ForwardDefaultSelector =
                context => context.Request.Path.StartsWithSegments(ApiPath, StringComparison.OrdinalIgnoreCase)
                    ? BearerScheme.Name
                    : SessionScheme.Name);
    }

    private static string JournalFolder(IServiceProvider provider) =>
        Path.Combine(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Folder, "audit");
}
