using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Http;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Grants;
using Canonbury.Identify.Find;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Canonbury.Server.Web.Security;

namespace Canonbury.Server.Web.Pages.Professional.FindPerson;

/// <summary>Runs a search for people through the door. The search stands sealed in the address, so that no name or number does.</summary>
public sealed class PersonSearch(AccessDesk desk, FindPeople find, SealedQuery sealing)
{
    private const string Purpose = "find-person";

    public string Seal(Caller caller, FindForm form) => sealing.Seal(Purpose, caller.Account, form);

    public FindForm? Open(Caller? caller, string? search) =>
        caller is null ? null : sealing.Open<FindForm>(Purpose, caller.Account, search);

    /// <param name="choose">Which of those found are shown; the audit names these.</param>
    public async Task<(IReadOnlyList<PersonHit> Hits, Refusal? Refusal)> RunAsync(
        HttpContext context, FindForm? form, Func<PersonHit, bool> choose)
    {
        Caller? caller = PageAnswer.CallerOf(context);
        RequestOrigin origin = AuditGate.Origin(context);
        AccessRequest request = new(GrantScope.Find) { Query = form?.ToAudit() };
        AccessAnswer answer = await desk.RequestAsync(caller, request, origin, context.RequestAborted);
        if (answer is AccessAnswer.Refused refused)
        {
            return ([], refused.Refusal);
        }

        AccessGrant grant = ((AccessAnswer.Granted)answer).Grant;
        IReadOnlyList<PersonHit> hits = form is null ? [] : [.. (await find(grant, form.ToQuery(), context.RequestAborted)).Where(choose)];
        await desk.ShowAsync(caller!, grant, ShownItems.Of(hits), origin, context.RequestAborted);
        return (hits, null);
    }
}
