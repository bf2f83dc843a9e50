namespace Canonbury.Server.Subscriptions;

internal static class SubscriptionSetup
{
    /// <summary>Needs every other room.</summary>
    public static IServiceCollection AddSubscriptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SubscriptionOptions>().Bind(configuration.GetSection(SubscriptionOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<Receivers>()
            .AddSingleton<HookClient>()
            .AddSingleton<SubscriptionMetrics>()
            .AddSingleton<TermsReader>()
            .AddSingleton<Grants>()
            .AddSingleton<Notifications>()
            .AddSingleton<BindingTokens>()
            .AddSingleton<EventFinder>()
            .AddSingleton<Courier>()
            .AddSingleton<Rounds>()
            .AddHostedService<Dispatcher>();
    }
}
