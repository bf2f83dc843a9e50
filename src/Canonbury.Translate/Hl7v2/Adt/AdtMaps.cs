using Canonbury.Translate.Hl7v2.Clinical;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>The events of patient administration (HL7 v2 chapter 3).</summary>
internal static class AdtMaps
{
    private static readonly IReadOnlyList<SegmentMap> Visit =
    [
        PatientMap.Map, VisitMap.Map, Nk1RelatedPerson.Map, Al1Allergy.Map, Dg1Condition.Map, ResultsMap.MapLoose, Pr1Procedure.Map,
    ];

    private static readonly IReadOnlyList<SegmentMap> PersonOnly = [PatientMap.Map, Nk1RelatedPerson.Map, Al1Allergy.Map];

    public static readonly IReadOnlyList<MessageMap> All =
    [
        new("ADT", "A01 A02 A03 A04 A05 A06 A07 A08 A09 A10 A11 A12 A13 A14 A15 A16 A17", Visit),
        new("ADT", "A21 A22 A23 A25 A26 A27 A28 A31 A32 A33 A38 A52 A53 A54 A55", Visit),
        new("ADT", "A60", PersonOnly),
        new("ADT", "A29", [PatientMap.Map, PatientRemoval.Map]),
        new("ADT", "A18 A30 A34 A36 A39 A40 A46 A47", [PatientMap.Map, MrgMerge.Map]),
        new("ADT", "A24", [PatientMap.Map, PatientLinks.Link]),
        new("ADT", "A37", [PatientMap.Map, PatientLinks.Unlink]),
        new("ADT", "A42 A50", [PatientMap.Map, VisitMap.Map, MovedVisit.Map]),
        new("ADT", "A35 A41 A43 A44 A45 A49 A51", [PatientMap.Map, VisitMap.Map]),
    ];
}
