using Canonbury.Borough.Names;
using Canonbury.Borough.People;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Hl7;

/// <summary>Writes PID and PD1 (HL7 v2.4 chapter 3) from a registration.</summary>
internal static class PersonSegments
{
    /// <summary>A full PID, as demographics systems send it.</summary>
    public static void AddFullPid(Hl7Message message, Registration person)
    {
        bool traced = person.NhsNumberVerified;
        message.Add("PID", (1, "1"), (3, Identifiers(person)), (5, NameOf(person)), (7, Born(person)), (8, Sex(person)), (11, AddressOf(person)),
            (13, PhonesOf(person)), (22, Ethnicity(person)), (29, person.Died is DateOnly died ? Hl7Message.Date(died) : null),
            (30, person.Died is null ? null : "Y"), (32, traced ? "01" : person.NhsNumber is null ? null : "03"));
        message.Add("PD1", (3, $"{Hl7Message.Escape(person.Practice.Name)}^^{person.Practice.Code}"), (4, DoctorOf(person)),
            (12, person.Sensitive ? "Y" : null));
    }

    /// <summary>The thin PID of a result or a letter: enough to file it, and silent about everything else.</summary>
    public static void AddThinPid(Hl7Message message, Registration person) =>
        message.Add("PID", (1, "1"), (3, Identifiers(person)), (5, NameOf(person)), (7, Born(person)), (8, Sex(person)));

    public static string ClinicianOf(Clinician clinician) => $"{clinician.Code}^{Hl7Message.Escape(clinician.Family)}^"
        + $"{Hl7Message.Escape(clinician.Given)}^^^{clinician.Title}";

    private static string Identifiers(Registration person)
    {
        string local = $"{person.LocalId}^^^{person.System.Authority}^MR";
        return person.NhsNumber is null ? local : $"{local}~{person.NhsNumber}^^^NHS^NH";
    }

    private static string NameOf(Registration person) =>
        $"{Hl7Message.Escape(person.Family)}^{Hl7Message.Escape(person.Given)}^{Hl7Message.Escape(person.Middle)}^^{person.Title}^^L";

    private static string? Born(Registration person) => person.Born is DateOnly born ? Hl7Message.Date(born) : null;

    private static string? Sex(Registration person) => person.Female switch { true => "F", false => "M", null => "U" };

    private static string? AddressOf(Registration person)
    {
        if (person.Address is not Address address)
        {
            return null;
        }

        return $"{Hl7Message.Escape(address.Line1)}^{Hl7Message.Escape(address.Line2)}^{address.City}^^{address.Postcode}^GBR^H";
    }

    private static string? PhonesOf(Registration person)
    {
        string home = person.Phone is null ? "" : $"{person.Phone}^PRN^PH";
        string mobile = person.Mobile is null ? "" : $"{person.Mobile}^PRN^CP";
        return home.Length > 0 && mobile.Length > 0 ? $"{home}~{mobile}" : home + mobile;
    }

    private static string? Ethnicity(Registration person) =>
        person.EthnicCategory is string code ? $"{code}^{Hl7Message.Escape(EthnicCategories.WordsOf(code))}^NHSDD" : null;

    private static string DoctorOf(Registration person) => ClinicianOf(person.Doctor);
}
