using Canonbury.Fhir.Grants;
using Canonbury.Fhir.Ids;
using Canonbury.Identify.Find;
using Canonbury.Record.Reading;
using Canonbury.Server.Web.Pages.Shared.Record.Receipt;

namespace Canonbury.Server.Web;

/// <summary>Reads one person's record under a grant; null where there is no such person.</summary>
public delegate ValueTask<PersonRecord?> ReadRecord(AccessGrant grant, CancellationToken cancellation);

/// <summary>Reads one item of that person with its versions; null where the person has no such item or it may not be seen.</summary>
public delegate ValueTask<ItemDetail?> ReadItem(AccessGrant grant, string type, string id, CancellationToken cancellation);

/// <summary>Finds people under a grant to find.</summary>
public delegate Task<IReadOnlyList<PersonHit>> FindPeople(AccessGrant grant, PersonQuery query, CancellationToken cancellation);

/// <summary>The sources that hold a record with an NHS number of these patients which is not linked to the person.</summary>
public delegate IReadOnlyList<SourceId> FindPossibleOthers(PersonId person, IReadOnlyList<PatientId> patients);

/// <summary>Every source that the service knows, and when each was last heard.</summary>
public delegate ValueTask<IReadOnlyList<SourceStanding>> ListSources(CancellationToken cancellation);
