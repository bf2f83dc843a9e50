using Canonbury.Fhir.Statements;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>
/// Orders of services: ORM, OMG, OML, OMI, OMD, ORR, ORG, ORL (published message maps ORM_O01 and OML_O21). An order is stated element by
/// element, because a change of status (ORC-1 SC, CA, OC) repeats little of it.
/// </summary>
internal static class OrdersMap
{
    public static void Map(Draft draft)
    {
        if (draft.Message.First("RXO").Exists || draft.Message.First("RXE").Exists)
        {
            // Until version 2.3.1 an ORM could order a medicine as well (chapter 4).
            PharmacyMap.Map(draft);
            return;
        }

        bool isAnything = false;
        foreach (ResultGroup group in ResultGroup.Find(draft.Message))
        {
            isAnything |= State(group, draft);
        }

        // An order without OBR (a diet, a supply) has only ORC.
        if (!isAnything)
        {
            foreach (Segment orc in draft.Message.All("ORC"))
            {
                isAnything |= State(new ResultGroup(orc, draft.Message.First("OBR")), draft);
            }
        }

        if (!isAnything)
        {
            throw new UntranslatableException(
                "ORC-2", "order-id-missing", "No order in the message has a number (ORC-2, ORC-3, OBR-2 or OBR-3).");
        }
    }

    private static bool State(ResultGroup group, Draft draft)
    {
        if (OrderKeys.Order(group.Orc, group.Obr) is not { } key)
        {
            return false;
        }

        string test = OrderKeys.Code(group.Obr[4]);
        ServiceRequest order = OrcServiceRequest.Read(group, draft);
        order.Id = draft.IdOf("ServiceRequest", OrderKeys.OrderOfTest(key, test));
        order.Specimen = SpmSpecimen.State(group, key, draft.Stamp, draft);
        draft.State(order, StatementMode.Elements);
        foreach (ResultLine line in group.Lines)
        {
            StateQuestion(line, order, key, draft);
        }

        return true;
    }

    /// <summary>OBX under an order are answers to what the performer asks (chapter 4): they support the order.</summary>
    private static void StateQuestion(ResultLine line, ServiceRequest order, string key, Draft draft)
    {
        if (EmbeddedDocument.IsDocument(line.Obx))
        {
            EmbeddedDocument.State(line.Obx, $"{key}|{OrderKeys.Code(line.Obx[3])}|{line.Obx.Peek(4).Text}", draft.Stamp, null, draft);
            return;
        }

        ResultFrame frame = new(draft.PatientReference(), null, null, null, null);
        Observation answer = ObxObservation.Read([line], frame, draft);
        string own = $"Q|{key}|{OrderKeys.Code(line.Obx[3])}|{line.Obx.Peek(4).Text}|{line.Obx.Peek(1).Text}";
        answer.Id = draft.IdOf("Observation", own);
        order.SupportingInfo.Add(new ResourceReference($"Observation/{answer.Id}"));
        draft.State(answer, StatementMode.Snapshot);
    }
}
