using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>
/// PDA (death and autopsy): a certified death or a cause of death says that the patient has died, where PID says nothing.
/// </summary>
internal static class PdaPatient
{
    public static void Read(Segment pda, Patient patient)
    {
        if (patient.Deceased is null && (pda.Peek(1).IsValued || pda[3].Text == "Y"))
        {
            patient.Deceased = new FhirBoolean(true);
        }
    }
}
