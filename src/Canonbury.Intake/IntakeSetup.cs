using Canonbury.Intake.Inbox;
using Canonbury.Intake.Pipeline;
using Canonbury.Intake.Sources;
using Canonbury.Intake.Sources.FhirPush;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Canonbury.Intake;

public static class IntakeSetup
{
    /// <summary>Needs the rooms Database, Identify and Record. What listens and works runs only where <see cref="AddIntakeServices"/> adds it.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSources(configuration);
        services.TryAddSingleton<StepReached>(_ => _ => { });
        return services
            .AddSingleton<SourceRegistry>()
            .AddSingleton<MessageIds>()
            .AddSingleton<BucketQueues>()
            .AddSingleton<BlockingReads>()
            .AddSingleton<MessageInbox>()
            .AddSingleton<ReceiveMessage>(rooms => rooms.GetRequiredService<MessageInbox>().ReceiveAsync)
            .AddSingleton<IntakePipeline>()
            .AddSingleton<DeadLetters>()
            .AddSingleton<FeedBoard>()
            .AddSingleton<PushWriter>();
    }

    /// <summary>The pipeline first, so that it stops last: what is acknowledged while stopping is still durable.</summary>
    public static IServiceCollection AddIntakeServices(this IServiceCollection services)
    {
        services.AddHostedService<PipelineService>();
        return services.AddSourceServices();
    }
}
