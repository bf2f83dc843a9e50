using Canonbury.Access;
using Canonbury.Access.Callers;
using Canonbury.Fhir.Ids;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Canonbury.Server.Web.Pages.Shared.Problems;
using Canonbury.Server.Web.Pages.Shared.Record;

namespace Canonbury.Server.Web.Pages.MyRecord;

/// <summary>
/// <c>/my-record</c>: the person's own record, read only. Policy: the resident whose record it is (AccessRules, "own only").
/// </summary>
public static class MyRecordEndpoints
{
    private static readonly RecordLinks Links = new("/my-record");

    public static void MapMyRecord(this IEndpointRouteBuilder routes) => routes.MapGroup(Links.Root).MapRecord(OwnAsync);

    private static async ValueTask<(RecordVisit? Visit, IResult? Instead)> OwnAsync(HttpContext context)
    {
        Caller? caller = PageAnswer.CallerOf(context);
        if (caller is { Self: null })
        {
            return (null, ProblemAnswer.ForStatus(context, StatusCodes.Status403Forbidden));
        }

        // Nobody's own person is asked for where nobody is signed in, so that the door refuses and the audit has it.
        FindPersonOf personOf = context.RequestServices.GetRequiredService<FindPersonOf>();
        PersonId? own = caller?.Self is { } self ? await personOf(self, context.RequestAborted) : new PersonId(Guid.Empty);
        return own is { } person ? (new RecordVisit(person, null, Links), null) : (null, null);
    }
}
