using Canonbury.Translate.Hl7v2.Adt;

namespace Canonbury.Translate.Hl7v2.Clinical;

/// <summary>The events about orders, results, appointments, documents, medicines, immunisations and referrals (HL7 v2 chapters 4 to 12).</summary>
internal static class ClinicalMaps
{
    private static readonly IReadOnlyList<SegmentMap> Person = [PatientMap.Map, VisitMap.Map, Nk1RelatedPerson.Map, Al1Allergy.Map];

    private static readonly IReadOnlyList<SegmentMap> Diagnoses = [.. Person, Dg1Condition.Map];

    private static readonly IReadOnlyList<SegmentMap> Results = [.. Person, ResultsMap.Map];

    private static readonly IReadOnlyList<SegmentMap> Orders = [.. Diagnoses, OrdersMap.Map];

    private static readonly IReadOnlyList<SegmentMap> Medicines = [.. Person, PharmacyMap.Map];

    private static readonly IReadOnlyList<SegmentMap> Accounts = [.. Diagnoses, Pr1Procedure.Map, ResultsMap.MapLoose];

    public static readonly IReadOnlyList<MessageMap> All =
    [
        new("ORU", "*", Results),
        new("OUL", "*", Results),
        new("SIU", "*", [.. Diagnoses, SiuMap.Map]),
        new("MDM", "*", [.. Person, MdmMap.Map]),
        new("ORM", "*", Orders),
        new("OMG", "*", Orders),
        new("OML", "*", Orders),
        new("OMI", "*", Orders),
        new("OMD", "*", Orders),
        new("ORR", "*", Orders),
        new("ORG", "*", Orders),
        new("ORL", "*", Orders),
        new("RDE", "*", Medicines),
        new("OMP", "*", Medicines),
        new("RDS", "*", Medicines),
        new("RAS", "*", Medicines),
        new("VXU", "*", [.. Person, VxuMap.Map]),
        new("REF", "*", [.. Diagnoses, Pr1Procedure.Map, Rf1Referral.Map, ResultsMap.Map]),
        new("DFT", "*", Accounts),
        new("BAR", "*", Accounts),
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
