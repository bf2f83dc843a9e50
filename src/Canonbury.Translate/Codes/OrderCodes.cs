using Hl7.Fhir.Model;

namespace Canonbury.Translate.Codes;

/// <summary>The state of an order: HL7 tables 0038 (ORC-5), 0119 (ORC-1) and 0485 (priority).</summary>
public static class OrderCodes
{
    /// <summary>The published map OrderStatus; A (some results) is active (HL7 v2 chapter 4, table 0038).</summary>
    public static RequestStatus? OfStatus(string code) => code switch
    {
        "CA" or "DC" or "RP" => RequestStatus.Revoked,
        "CM" => RequestStatus.Completed,
        "ER" => RequestStatus.EnteredInError,
        "HD" => RequestStatus.OnHold,
        "A" or "IP" or "SC" => RequestStatus.Active,
        _ => null,
    };

    /// <summary>
    /// The published map OrderControlCode[ServiceRequest.status] (a request to cancel, CA, is not yet a cancelled order); where it is
    /// silent, the order
    /// goes on as it was, so it is active, but for UA (unable to accept) which ends it.
    /// </summary>
    public static RequestStatus OfControl(string code) => code switch
    {
        "CR" or "DC" or "DF" or "DR" or "OC" or "OD" or "UA" => RequestStatus.Revoked,
        "HR" or "OH" => RequestStatus.OnHold,
        "FU" => RequestStatus.Completed,
        _ => RequestStatus.Active,
    };

    /// <summary>Table 0485 (TQ1-9) and the older OBR-5 and ORC-7.6.</summary>
    public static RequestPriority? Priority(string code) => code switch
    {
        "S" => RequestPriority.Stat,
        "A" => RequestPriority.Asap,
        "R" => RequestPriority.Routine,
        "U" => RequestPriority.Urgent,
        _ => null,
    };
}
