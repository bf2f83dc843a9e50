using Canonbury.Identify.Find;
using Canonbury.Identify.Links;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Canonbury.Identify;

public static class IdentifySetup
{
    /// <summary>Needs the room Database; Access adds <see cref="CurrentLinks"/>, by which it decides.</summary>
    public static IServiceCollection AddIdentify(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IdentifyOptions>().Bind(configuration.GetSection(IdentifyOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<LinkDesk>().AddSingleton<QuarantineList>().AddSingleton<PossibleOthers>().AddSingleton<PersonFinder>().AddSingleton<PatientLookup>();
    }
}
