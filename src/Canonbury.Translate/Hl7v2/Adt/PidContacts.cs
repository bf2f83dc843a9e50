using Canonbury.Translate.Hl7v2.Datatypes;
using Canonbury.Translate.Hl7v2.Parsing;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.Hl7v2.Adt;

/// <summary>PID-11 and PID-12 as addresses, PID-13, PID-14 and PID-40 as telephone numbers and e-mail addresses.</summary>
internal static class PidContacts
{
    public static void Read(Segment pid, Patient patient, List<string> cleared, Draft draft)
    {
        foreach (Repetition xad in pid[11])
        {
            if (Xad.ToAddress(xad, draft) is { } address)
            {
                // Where XAD-7 says nothing, the first address is where the person lives (HL7 v2.4, 3.4.2.11: mailing address first).
                address.Use ??= patient.Address.Count == 0 ? Address.AddressUse.Home : null;
                patient.Address.Add(address);
            }
        }

        if (patient.Address.Count > 0 && pid[12].Text is { } county)
        {
            patient.Address[0].District ??= county;
        }

        if (pid.Peek(11).IsNull)
        {
            cleared.Add("address");
        }

        Telecom(pid[13], ContactPoint.ContactPointUse.Home, patient, draft);
        Telecom(pid[14], ContactPoint.ContactPointUse.Work, patient, draft);
        Telecom(pid[40], null, patient, draft);

        // PID-13 holds the person's own telephones, mobile and home alike; PID-14 those at work.
        ClearTelecom(pid.Peek(13), ["telecom/phone.home", "telecom/phone.mobile", "telecom/email.home"], patient, cleared);
        ClearTelecom(pid.Peek(14), ["telecom/phone.work", "telecom/email.work"], patient, cleared);
    }

    private static void Telecom(Field field, ContactPoint.ContactPointUse? use, Patient patient, Draft draft)
    {
        foreach (Repetition xtn in field)
        {
            if (Xtn.ToContactPoint(xtn, draft, use) is { } point
                && !patient.Telecom.Exists(other => other.Value == point.Value && other.System == point.System && other.Use == point.Use))
            {
                patient.Telecom.Add(point);
            }
        }
    }

    /// <summary>What PID-40 or the other field states in the same message is not cleared.</summary>
    private static void ClearTelecom(Field field, string[] keys, Patient patient, List<string> cleared)
    {
        if (field.IsNull)
        {
            cleared.AddRange(keys.Except(patient.Telecom.Select(point =>
                $"telecom/{point.System?.ToString().ToLowerInvariant()}.{point.Use?.ToString().ToLowerInvariant()}")));
        }
    }
}
