using Canonbury.Database.Commit;
using Canonbury.Database.Leases;
using Canonbury.Database.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Canonbury.Database;

public static class DatabaseSetup
{
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RecordDatabase>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<GroupCommitter>();
        services.AddSingleton(ProcessIdentity.New());
        services.AddSingleton<BucketLeases>();
        return services;
    }
}
