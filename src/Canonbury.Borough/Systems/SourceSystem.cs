namespace Canonbury.Borough.Systems;

/// <summary>One of the borough's systems that send, of an organisation that does not exist.</summary>
/// <param name="Code">The source's code: gp, pas, lab, ooh, cmh or asc.</param>
/// <param name="Application">MSH-3.</param>
/// <param name="Facility">MSH-4.</param>
/// <param name="Authority">The assigning authority of its local ids (PID-3.4).</param>
/// <param name="IdSystem">The FHIR identifier system of its local ids.</param>
/// <param name="CharacterSet">MSH-18.</param>
public sealed record SourceSystem(
    string Code, string Application, string Facility, string Authority, string IdSystem, string Organisation, string CharacterSet, string Prefix)
{
    public static SourceSystem Gp { get; } =
        new("gp", "GP", "PRACTICES", "GPSYSTEM", "https://gp.borough.example/id/patient", "Borough general practices", "", "GP");

    public static SourceSystem Pas { get; } =
        new("pas", "PAS", "STALDERS", "STALDERS", "https://stalders.example/id/hospital-number", "St Alder's Hospital", "UNICODE UTF-8", "SA");

    public static SourceSystem Lab { get; } =
        new("lab", "LAB", "STALDERS", "STALDERSLAB", "https://stalders.example/id/lab-number", "St Alder's Pathology", "ASCII", "LB");

    public static SourceSystem Ooh { get; } =
        new("ooh", "OOH", "URGENTCARE", "URGENTCARE", "https://urgentcare.example/id/case", "Lantern Urgent Care", "ASCII", "U");

    public static SourceSystem Cmh { get; } = new("cmh", "CMH", "COMMUNITY", "COMMUNITY", "https://community.example/id/client",
        "Wherry Community and Mental Health Services", "8859/1", "CM");

    public static SourceSystem Asc { get; } =
        new("asc", "ASC", "COUNCIL", "COUNCIL", "https://council.example/id/person", "Borough Adult Social Care", "", "ASC");

    public static IReadOnlyList<SourceSystem> All { get; } = [Gp, Pas, Lab, Ooh, Cmh, Asc];

    /// <summary>Sends FHIR transaction bundles; the others send HL7 v2 over MLLP.</summary>
    public bool SendsFhir => this == Gp || this == Asc;

    /// <summary>HL7 v2.4 section 2.9.3: the laboratory asks for accept acknowledgements (CA), the others for the original mode (AA).</summary>
    public bool EnhancedMode => this == Lab;
}
