using System.ComponentModel.DataAnnotations;

namespace Canonbury.Intake.Sources;

/// <summary>One source that is known by settings: section <c>Intake:Sources:0</c> and so on. Others become known by their first message.</summary>
public sealed class SourceOptions
{
    /// <summary>The source's code, unique and never reused.</summary>
    [Required(ErrorMessage = "Code is missing: give the source a code, such as hospital-pas.")]
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$", ErrorMessage = "Code must be 1 to 63 lower-case letters, digits and hyphens, such as hospital-pas.")]
    public string Code { get; set; } = "";

    /// <summary>What people call it, such as St Alder's Hospital: patient administration.</summary>
    [Required(ErrorMessage = "Name is missing: say what people call the source.")]
    public string Name { get; set; } = "";

    /// <summary>Whose system it is, with the ODS code where it has one.</summary>
    public string? Organisation { get; set; }

    /// <summary>MSH-3 of its HL7 v2 messages on a port that names no source.</summary>
    public string? Application { get; set; }

    /// <summary>MSH-4 of the same.</summary>
    public string? Facility { get; set; }

    /// <summary>True: the ids of its FHIR resources are kept as sent. False: they are mapped, so that they meet no other source's. Default false.</summary>
    public bool KeepIds { get; set; }

    /// <summary>It is late when it has sent nothing for so many minutes; none takes <c>Intake:ExpectedMinutes</c>.</summary>
    [Range(1, 1_000_000)]
    public int? ExpectedMinutes { get; set; }
}
