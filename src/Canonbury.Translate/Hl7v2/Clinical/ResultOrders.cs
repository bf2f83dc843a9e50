using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// The order behind a report. Most results name it only by its number; where they say more (who asked, why, on what suspicion) it is stated
/// too,
/// element by element, so that it never erases what the order message itself said.
/// </summary>
internal static class ResultOrders
{
    /// <summary>A reference to the stated order, or null where the report says no more than its number.</summary>
    public static ResourceReference? State(ResultGroup group, Draft draft)
    {
        Segment obr = group.Obr;
        bool saysMore = obr.Peek(16).IsValued || group.Orc.Peek(12).IsValued || obr.Peek(13).IsValued || obr.Peek(31).IsValued;
        if (!saysMore || OrderKeys.Order(group.Orc, group.Obr) is not { } key)
        {
            return null;
        }

        ServiceRequest order = OrcServiceRequest.Read(group, draft);
        order.Id = draft.IdOf("ServiceRequest", OrderKeys.OrderOfTest(key, OrderKeys.Code(obr[4])));
        draft.State(order, StatementMode.Elements);
        return new ResourceReference($"ServiceRequest/{order.Id}") { Identifier = order.Identifier.FirstOrDefault() };
    }
}
