using Canonbury.Access.SignIn;
using Canonbury.Identify.Find;
using Canonbury.Identify.Links;
using Canonbury.Intake.Inbox;
using Canonbury.Record.Reading;
using Canonbury.Record.Search;
using Canonbury.Server.Api;
using Canonbury.Server.Api.Export;
using Canonbury.Server.Api.Profiles;
using Canonbury.Server.Operations;
using Canonbury.Server.Web;
using Canonbury.Server.Web.Pages.Operations;

namespace Canonbury.Server;

/// <summary>Where one room is handed a method of another instead of the room itself, so that the arrows stay as they are drawn.</summary>
internal static class Joints
{
    /// <summary>How many rows a page of operations shows.</summary>
    private const int MostRows = 500;

    public static IServiceCollection JoinRooms(this IServiceCollection services) => services
        .AddSingleton<PatientsOfPerson>(rooms => rooms.GetRequiredService<CurrentLinks>().PatientsOfAsync)
        .AddSingleton<FindNotYetUsable>(rooms => NotYetUsable(rooms.GetRequiredService<DeadLetters>(), rooms.GetRequiredService<QuarantineList>()))
        .AddSingleton<RegisterSource>(rooms => rooms.GetRequiredService<SourceRegistry>().RegisterClientAsync)
        .AddSingleton<FindPeople>(rooms => rooms.GetRequiredService<PersonFinder>().FindAsync)
        .AddSingleton<ReadRecord>(rooms => rooms.GetRequiredService<RecordReader>().ReadAsync)
        .AddSingleton<FindPossibleOthers>(rooms => rooms.GetRequiredService<PossibleOthers>().About)
        .AddSingleton<ReadItem>(rooms => rooms.GetRequiredService<RecordReader>().ReadItemAsync)
        .AddSingleton<PageCursor>()
        .AddSingleton<FindStanding>(rooms => StandingIn(rooms.GetRequiredService<CurrentLinks>()))
        .AddSingleton(rooms => new SearchRooms(
            rooms.GetRequiredService<CurrentLinks>().LinkedTo, PatientsBy(rooms.GetRequiredService<PatientLookup>()), rooms.GetRequiredService<FindStanding>(),
            rooms.GetRequiredService<SourceRegistry>().Keeping))
        .AddSingleton<ProfileLibrary>()
        .AddSingleton<FhirRooms>()
        .AddSingleton<ExportFolder>()
        .AddSingleton<ExportRunner>()
        .AddSingleton<SourceStandings>()
        .AddSingleton<ListSources>(rooms => rooms.GetRequiredService<SourceStandings>().ListAsync)
        .AddSingleton<ListFeeds>(rooms => rooms.GetRequiredService<SourceStandings>().FeedsAsync)
        .AddSingleton<ListDeadLetters>(rooms => (grant, most, _) => Task.FromResult(rooms.GetRequiredService<DeadLetters>().List(grant, most)))
        .AddSingleton<ReplayDeadLetters>(rooms => (grant, keys, _) => rooms.GetRequiredService<DeadLetters>().ReplayAsync(grant, keys))
        .AddSingleton<ListUnmapped>(rooms => (_, _) => Task.FromResult(rooms.GetRequiredService<FeedBoard>().Unmapped(MostRows)))
        .AddSingleton<ListFindings>(rooms => (_, _) => Task.FromResult(rooms.GetRequiredService<FeedBoard>().Findings(MostRows)))
        .AddSingleton<ListQuarantine>(rooms => (_, _) => Task.FromResult(rooms.GetRequiredService<QuarantineList>().All(MostRows)));

    private static FindStanding StandingIn(CurrentLinks links) => patient =>
        links.IsQuarantined(patient) ? PatientStanding.Quarantined
        : links.IsRestricted(patient) ? PatientStanding.Restricted
        : PatientStanding.Open;

    private static FindPatientsByWord PatientsBy(PatientLookup lookup) => (kind, word, most) => kind switch
    {
        PatientWord.Identifier => lookup.ByIdentifier(word, most),
        PatientWord.Name => lookup.ByName(word, most),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static FindNotYetUsable NotYetUsable(DeadLetters dead, QuarantineList quarantine) => (patients, _) =>
    {
        IEnumerable<NotYetUsable> held = quarantine.About(patients)
            .GroupBy(patient => patient.Source)
            .Select(group => new NotYetUsable(group.Key, "quarantine", group.Count(), group.Min(patient => patient.Since)));
        return ValueTask.FromResult<IReadOnlyList<NotYetUsable>>([.. dead.About(patients), .. held]);
    };
}
