namespace Canonbury.Server.Web.Words;

/// <summary>FHIR's administrative gender in words.</summary>
public static class SexText
{
    public static string Of(string? gender) => gender switch
    {
        "male" => "Male",
        "female" => "Female",
        "other" => "Other",
        _ => "Not known",
    };
}
