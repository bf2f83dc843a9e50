using Canonbury.Access.Callers;
using Canonbury.Fhir.Ids;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Canonbury.Server.Web.Pages.Shared.Record;
using Canonbury.Server.Web.Security;

namespace Canonbury.Server.Web.Pages.Professional.Record;

/// <summary>
/// <c>/record/{person}</c>: a person's record for a professional. Policy: roles of AccessRules, with a reason given before.
/// </summary>
public static class ProfessionalRecordEndpoints
{
    public static void MapProfessionalRecord(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/record/{person:guid}").MapRecord(FindAsync);

    private static ValueTask<(RecordVisit? Visit, IResult? Instead)> FindAsync(HttpContext context)
    {
        PersonId person = new(Guid.Parse((string)context.GetRouteValue("person")!));
        Caller? caller = PageAnswer.CallerOf(context);
        SealedQuery sealing = context.RequestServices.GetRequiredService<SealedQuery>();
        string? reason = caller is null ? null : ReasonCookie.Get(context, sealing, caller.Account, person);
        // Without a reason the person is looked up again first: identity is confirmed before a record opens.
        return ValueTask.FromResult<(RecordVisit?, IResult?)>(
            caller?.Kind is CallerKind.Professional or CallerKind.Steward && reason is null
            ? (null, Results.LocalRedirect("/find-person?again=true"))
            : (new RecordVisit(person, reason, ReasonCookie.LinksOf(person)), null));
    }
}
