using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>PV1: how the person came and where they went (map PV1[Encounter], <c>hospitalization</c>).</summary>
internal static class Pv1Hospitalization
{
    public static void Read(Segment pv1, Encounter encounter, Draft draft)
    {
        Encounter.HospitalizationComponent stay = new()
        {
            PreAdmissionIdentifier = Cx.ToIdentifier(pv1[5], draft, "pre-admission"),
            ReAdmission = Cwe.ToConcept(pv1[13], draft, Cwe.Table("0092")),
            AdmitSource = Cwe.ToConcept(pv1[14], draft, Cwe.Table("0023")),
            SpecialArrangement = Cwe.ToConcepts(pv1[15], draft, Cwe.Table("0009")),
            SpecialCourtesy = Cwe.ToConcepts(pv1[16], draft, Cwe.Table("0099")),
            DischargeDisposition = Cwe.ToConcept(pv1[36], draft, Cwe.Table("0112")),
            Destination = Destination(pv1[37]),
            DietPreference = Cwe.ToConcepts(pv1[38], draft, Cwe.Table("0114")),
        };
        if (stay.EnumerateElements().Any())
        {
            encounter.Hospitalization = stay;
        }
    }

    /// <summary>DLD: a code and a time, which is the discharge time again.</summary>
    private static ResourceReference? Destination(Field field) => field.Text is { } place
        ? new ResourceReference { Type = "Location", Display = field[1].Sub(2) ?? place }
        : null;
}
