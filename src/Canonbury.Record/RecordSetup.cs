using Canonbury.Record.Export;
using Canonbury.Record.Reading;
using Canonbury.Record.Search;
using Canonbury.Record.Subscriptions;
using Canonbury.Record.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace Canonbury.Record;

public static class RecordSetup
{
    /// <summary>Needs the room Database, and <see cref="PatientsOfPerson"/> and <see cref="FindNotYetUsable"/> from the composition.</summary>
    public static IServiceCollection AddRecord(this IServiceCollection services) => services
        .AddSingleton<RecordReader>()
        .AddSingleton<OwnResourceReader>()
        .AddSingleton<HistoryReader>()
        .AddSingleton<ResourceSearch>()
        .AddSingleton<CompartmentSearch>()
        .AddSingleton<ExportJobs>()
        .AddSingleton<ExportReader>()
        .AddSingleton<ResourceOwners>()
        .AddSingleton<DispatchLease>()
        .AddSingleton<ChangeFeed>()
        .AddSingleton<EventLog>()
        .AddSingleton<SubscriptionDesk>();
}
