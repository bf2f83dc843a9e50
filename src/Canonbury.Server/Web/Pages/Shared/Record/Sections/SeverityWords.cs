namespace Canonbury.Server.Web.Pages.Shared.Record.Sections;

/// <summary>Criticality, severity and priority in words; what is not a code of FHIR is shown as sent.</summary>
public static class SeverityWords
{
    // R4 valueset-allergy-intolerance-criticality and valueset-request-priority.
    public static string? Of(string? code) => code switch
    {
        null => null,
        "low" => "Low",
        "high" => "High",
        "unable-to-assess" => "Not known",
        "routine" => "Routine",
        "urgent" => "Urgent",
        "asap" => "As soon as possible",
        "stat" => "At once",
        _ => code,
    };
}
