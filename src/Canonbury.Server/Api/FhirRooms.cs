using Canonbury.Identify.Links;
using Canonbury.Intake.Inbox;
using Canonbury.Intake.Sources.FhirPush;
using Canonbury.Record.Reading;
using Canonbury.Record.Search;
using Canonbury.Record.Writing;
using Canonbury.Server.Web;

namespace Canonbury.Server.Api;

/// <summary>What the API needs of the rooms behind it.</summary>
public sealed record FhirRooms(
    SourceRegistry Sources,
    ResourceOwners Owners,
    OwnResourceReader Reader,
    PushWriter Writer,
    HistoryReader History,
    ResourceSearch Search,
    CompartmentSearch Everything,
    CurrentLinks Links,
    FindNotYetUsable Waiting,
    ListSources Standings,
    PageCursor Pages,
    TimeProvider Time);
