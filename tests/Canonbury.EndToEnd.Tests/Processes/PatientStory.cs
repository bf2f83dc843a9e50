using System.Globalization;
using Canonbury.Fhir.Ids;

namespace Canonbury.EndToEnd.Tests.Processes;

/// <summary>
/// What one hospital says of one synthetic patient, message after message without end: registered, admitted, then a result and a new address in turn.
/// Each message changes the record in a way that only it does, so that what is missing or there twice is seen.
/// </summary>
internal sealed class PatientStory
{
    private static readonly DateTime Begin = new(2026, 1, 5, 8, 0, 0, DateTimeKind.Unspecified);

    private readonly int number;
    private readonly string nhsNumber;

    /// <param name="number">1 to 99999; the same number is the same human being in every hospital.</param>
    /// <param name="hospital">MSH-4, which makes the source.</param>
    public PatientStory(int number, string hospital = "RXX")
    {
        this.number = number;
        Hospital = hospital;
        nhsNumber = NhsNumberOf(number);
    }

    public string Hospital { get; }

    public string NhsNumber => nhsNumber;

    public PatientId Patient => PatientId.Of(new SourceId($"pas-{Hospital.ToLowerInvariant()}"), $"{Hospital}|{LocalId}");

    public string LocalId => string.Create(CultureInfo.InvariantCulture, $"H{number:D5}");

    public string ControlId(int message) => string.Create(CultureInfo.InvariantCulture, $"{Hospital}-{number}-{message}");

    /// <summary>True where the message is about the patient's own data, and so makes a version of its <c>Patient</c>.</summary>
    public static bool IsAboutPatient(int message) => message == 0 || (message > 1 && message % 2 == 1);

    public static bool IsAdmission(int message) => message == 1;

    /// <summary>The address as the message says it.</summary>
    public static string Street(int message) => string.Create(CultureInfo.InvariantCulture, $"{message + 1} Essex Road");

    /// <summary>What the result of the message measures.</summary>
    public static string Value(int message) => string.Create(CultureInfo.InvariantCulture, $"{message}.25");

    /// <summary>The n-th message, counted from 0: always the same bytes.</summary>
    public string Message(int message) => message switch
    {
        0 => Header(message, "ADT^A28") + Pid(message) + "PV1|1|N\r",
        1 => Header(message, "ADT^A01") + ThinPid() + $"PV1|1|I|WARD{number % 7}^1^A||||C{number % 5}^Shah^Meera||||||||||||V{LocalId}|||||||||||||||||||||||||{Time(message)}\r",
        _ when IsAboutPatient(message) => Header(message, "ADT^A31") + Pid(message) + "PV1|1|N\r",
        _ => Header(message, "ORU^R01") + ThinPid()
            + $"OBR|1||F{LocalId}.{message}^LAB|U&E^Urea and electrolytes^WinPath|||{Time(message)}||||||||||||||||||F\r"
            + $"OBX|1|NM|K^Potassium^WinPath||{Value(message)}|mmol/L|3.5-5.3||||F\r",
    };

    private string Header(int message, string type)
    {
        string code = type[..3] == "ADT" ? $"EVN|{type[4..]}|{Time(message)}\r" : "";
        return $"MSH|^~\\&|PAS|{Hospital}|CANONBURY|BOROUGH|{Time(message)}||{type}|{ControlId(message)}|P|2.4\r{code}";
    }

    private string Pid(int message) =>
        $"PID|1||{Identifiers}||{Name}||{Born}|F|||{Street(message)}^^London^^N1 2AA|||||||||||||||||||||01\r";

    private string ThinPid() => $"PID|1||{Identifiers}||{Name}||{Born}|F\r";

    private string Identifiers => $"{LocalId}^^^{Hospital}^MR~{nhsNumber}^^^NHS^NH";

    private string Name => $"Patient{Letters(number)}^Test{Letters(number / 3)}^^^^^L";

    private string Born => Begin.AddDays(-9000 - (number * 37 % 18_000)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Time(int message) => Begin.AddMinutes(message).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private static string Letters(int value) => string.Concat(value.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')));

    /// <summary>The n-th valid number of the 999 range.</summary>
    private static string NhsNumberOf(int number)
    {
        for (int body = number * 10; ; body++)
        {
            string nine = string.Create(CultureInfo.InvariantCulture, $"999{body:D6}");
            if (Borough.People.NhsNumbers.CheckDigit(nine) is var check && check < 10)
            {
                return nine + check;
            }
        }
    }
}
