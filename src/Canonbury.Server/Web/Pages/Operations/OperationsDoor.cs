using Canonbury.Access;
using Canonbury.Access.Audit;
using Canonbury.Access.Callers;
using Canonbury.Access.Http;
using Canonbury.Access.Policy;
using Canonbury.Fhir.Grants;
using Canonbury.Server.Web.Pages.Shared.Layout;
using Canonbury.Server.Web.Pages.Shared.Problems;

namespace Canonbury.Server.Web.Pages.Operations;

/// <summary>Opens an operations page: asks the desk, runs the work under the grant, and audits that nobody's data was shown.</summary>
public sealed class OperationsDoor(AccessDesk desk)
{
    public async Task<IResult> OpenAsync(HttpContext context, Func<AccessGrant, Task<IResult>> answer)
    {
        Caller? caller = PageAnswer.CallerOf(context);
        RequestOrigin origin = AuditGate.Origin(context);
        AccessAnswer access = await desk.RequestAsync(caller, new AccessRequest(GrantScope.Operations), origin, context.RequestAborted);
        if (access is AccessAnswer.Refused refused)
        {
            return ProblemAnswer.Refused(context, refused.Refusal);
        }

        AccessGrant grant = ((AccessAnswer.Granted)access).Grant;
        IResult result = await answer(grant);
        await desk.ShowAsync(caller!, grant, ShownItems.Nothing, origin, context.RequestAborted);
        return result;
    }
}
