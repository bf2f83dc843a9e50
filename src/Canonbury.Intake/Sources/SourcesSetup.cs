using Canonbury.Intake.Sources.FileDrop;
using Canonbury.Intake.Sources.Mllp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Canonbury.Intake.Sources;

/// <summary>Adds what brings messages in; a <c>ReceiveMessage</c> and a <c>TimeProvider</c> must be there too.</summary>
public static class SourcesSetup
{
    public static IServiceCollection AddSources(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IntakeOptions>().Bind(configuration.GetSection(IntakeOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntakeOptions>, IntakeOptionsValidation>();
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<MllpService>();
        return services;
    }

    /// <summary>The services that open ports and watch folders.</summary>
    public static IServiceCollection AddSourceServices(this IServiceCollection services)
    {
        services.AddHostedService<SourceSettings>();
        services.AddHostedService(provider => provider.GetRequiredService<MllpService>());
        services.AddHostedService<SilenceWatch>();
        services.AddHostedService<FileDropService>();
        return services;
    }
}
