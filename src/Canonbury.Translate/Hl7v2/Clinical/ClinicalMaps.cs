namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>The events about orders, results, appointments, documents, medicines and immunisations (HL7 v2 chapters 4 to 11).</summary>
internal static class ClinicalMaps
{
    public static readonly IReadOnlyList<MessageMap> All =
    [
        new("ORU", "*", [ResultsMap.Map]),
        new("OUL", "*", [ResultsMap.Map]),
        new("SIU", "*", [SiuMap.Map]),
        new("MDM", "*", [MdmMap.Map]),
        new("ORM", "*", [OrdersMap.Map]),
        new("OMG", "*", [OrdersMap.Map]),
        new("OML", "*", [OrdersMap.Map]),
        new("OMI", "*", [OrdersMap.Map]),
        new("OMD", "*", [OrdersMap.Map]),
        new("ORR", "*", [OrdersMap.Map]),
        new("ORG", "*", [OrdersMap.Map]),
        new("ORL", "*", [OrdersMap.Map]),
        new("RDE", "*", [PharmacyMap.Map]),
        new("OMP", "*", [PharmacyMap.Map]),
        new("RDS", "*", [PharmacyMap.Map]),
        new("RAS", "*", [PharmacyMap.Map]),
        new("VXU", "*", [VxuMap.Map]),
        new("DFT", "*", [Pr1Procedure.Map]),
        new("BAR", "*", [Pr1Procedure.Map]),
        new("ACK", "*", NotUsed.Acknowledgement),
        new("MCF", "*", NotUsed.Acknowledgement),
        new("QCK", "*", NotUsed.Acknowledgement),
        new("QBP", "*", NotUsed.Query),
        new("QRY", "*", NotUsed.Query),
        new("VXQ", "*", NotUsed.Query),
        new("OSQ", "*", NotUsed.Query),
        new("RSP", "*", NotUsed.QueryAnswer),
        new("VXR", "*", NotUsed.QueryAnswer),
        new("VXX", "*", NotUsed.QueryAnswer),
        new("ADR", "*", NotUsed.QueryAnswer),
        new("MFN", "*", NotUsed.MasterFile),
        new("MFK", "*", NotUsed.MasterFile),
    ];
}
