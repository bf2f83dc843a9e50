using System.Globalization;
using System.Text;

namespace Canonbury.Server.Tests.Road;

/// <summary>
/// What six systems send about one person who does not exist: the same person in a practice, a hospital, two laboratories that measure in
/// different units, a council, and a community service that has fallen silent.
/// </summary>
public static class GraceAdeyemi
{
    public const string NhsNumber = "9990123403";

    private const string Name = "Adeyemi^Grace^Ruth^^Mrs^^L";

    /// <summary>The day of the appointment that is still to come.</summary>
    public static string Soon(DateTimeOffset now) => now.AddDays(9).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static string Hospital(string id, string type, string at, params string[] segments) =>
        Message("PAS", "NORTH", id, type, at, [$"EVN|{type[4..]}|{at}", FullPid("H0042^^^NORTH^MR"), Practice, .. segments]);

    /// <summary>Demographics, an allergy, a stay, its letter and the letter's correction, an appointment to come and one that was cancelled.</summary>
    public static IEnumerable<string> FromTheHospital(DateTimeOffset now)
    {
        const string Stay = "PV1|1|I|ROWAN^BAY2^4^NORTH|21|||C1^Osei^Nana^^^Dr||||||||||||V77^^^NORTH^VN|||||||||||||||||1||||||||20240511214000+0100";
        yield return Hospital("H1", "ADT^A28", "20230105090000", "PV1|1|N");
        yield return Hospital(
            "H2", "ADT^A01", "20240511214000", $"{Stay}|", "PV2|||^Chest pain", "AL1|1|DA|294505008^Allergy to amoxicillin^SCT|SV|Anaphylaxis",
            "DG1|1||194828000^Angina pectoris^SCT||20240511214000|A");
        yield return Hospital("H3", "ADT^A03", "20240514150000", $"{Stay}|20240514150000+0100", "PV2|||^Chest pain");
        yield return Letter("H4", "T02", "20240515101500", "D900", null, "TX", ["Discharge summary", "First draft: aspirin 300 mg daily."]);
        yield return Letter("H5", "T10", "20240516090000", "D901", "D900", "PDF", ["Discharge summary"]);
        yield return Letter("H6", "T02", "20240601120000", "D950", null, "TX", ["Clinic letter", "Angina is controlled. No change."], "CN^Clinic letter");
        yield return Appointment("H7", "S12", "20240520110000", "A1", Soon(now) + "1020", "Cardiology", "Booked");
        yield return Appointment("H8", "S12", "20230110110000", "A2", "202303031120", "Ophthalmology", "Booked");
        yield return Appointment("H9", "S15", "20230112110000", "A2", "202303031120", "Ophthalmology", "Cancelled");
    }

    /// <summary>Haemoglobin in grams a litre, and a correction.</summary>
    public static IEnumerable<string> FromTheNorthernLaboratory() =>
    [
        Message("LAB", "NORTH", "L0", "ADT^A28", "20230101080000", "EVN|A28|20230101080000", FullPid("N0042^^^NORTHLAB^MR"), "PV1|1|N"),
        Result("LAB", "NORTH", "L1", "N0042", ("HB1", "L-NORTH"), "20230201081500", "131", "g/L", "120-160", "", "F"),
        Result("LAB", "NORTH", "L2", "N0042", ("HB1", "L-NORTH"), "20240512081500", "190", "g/L", "120-160", "H", "F"),
        Result("LAB", "NORTH", "L3", "N0042", ("HB1", "L-NORTH"), "20240512081500", "109", "g/L", "120-160", "L", "C", "20240513120000"),
    ];

    /// <summary>The same test under a code of its own, in grams a decilitre, with another range.</summary>
    public static IEnumerable<string> FromTheSouthernLaboratory() =>
    [
        Message("LAB", "SOUTH", "S0", "ADT^A28", "20230101080000", "EVN|A28|20230101080000", FullPid("S7^^^SOUTHLAB^MR"), "PV1|1|N"),
        Result("LAB", "SOUTH", "S1", "S7", ("HAEM", "L-SOUTH"), "20230912091000", "11.2", "g/dL", "11.5-15.5", "L", "F"),
    ];

    public static string FromTheCommunityService() => Message(
        "CMH", "EAST", "C1", "ADT^A28", "20230301090000", ["EVN|A28|20230301090000", FullPid("C5^^^EAST^MR"), "PV1|1|N"]);

    public static string FromThePractice() => Bundle(
        $$$"""
        {
          "resourceType": "Patient", "id": "g1",
          "identifier": [
            {
              "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "{{{NhsNumber}}}",
              "extension": [{
                "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
                "valueCodeableConcept": {"coding": [{"system": "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland", "code": "01"}]}
              }]
            },
            {"system": "https://practice.example/id", "value": "4471"}
          ],
          "name": [{"use": "official", "family": "Adeyemi", "given": ["Grace", "Ruth"], "prefix": ["Mrs"]}],
          "gender": "female", "birthDate": "1948-03-09", "telecom": [{"system": "phone", "value": "020 7946 0042"}],
          "address": [{"use": "home", "line": ["14 Compton Terrace"], "city": "London", "postalCode": "N1 9ZZ"}],
          "generalPractitioner": [{"display": "Dr Ann Shah"}],
          "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "yo", "display": "Yoruba"}]}}],
          "extension": [{
            "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSCommunication",
            "extension": [{"url": "interpreterRequired", "valueBoolean": true}]
          }]
        }
        """,
        """
        {
          "resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/g1"}, "recorder": {"display": "Dr Ann Shah"},
          "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
          "code": {"coding": [{"system": "http://snomed.info/sct", "code": "44054006", "display": "Type 2 diabetes mellitus"}], "text": "T2DM"},
          "onsetDateTime": "2011-03", "recordedDate": "2011-03-14"
        }
        """,
        """
        {
          "resourceType": "AllergyIntolerance", "id": "a1", "patient": {"reference": "Patient/g1"}, "criticality": "high",
          "clinicalStatus": {"coding": [{"code": "active"}]}, "code": {"text": "Penicillin"}, "reaction": [{"manifestation": [{"text": "Rash"}]}]
        }
        """,
        """
        {
          "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order", "subject": {"reference": "Patient/g1"},
          "medicationCodeableConcept": {"text": "Metformin 500 mg tablets"}, "authoredOn": "2021-04-01", "dosageInstruction": [{"text": "One twice a day"}]
        }
        """,
        """
        {
          "resourceType": "Immunization", "id": "i1", "status": "completed", "patient": {"reference": "Patient/g1"},
          "vaccineCode": {"text": "Influenza vaccine"}, "occurrenceDateTime": "2023-10-04"
        }
        """,
        """
        {
          "resourceType": "ServiceRequest", "id": "r1", "status": "active", "intent": "order", "subject": {"reference": "Patient/g1"},
          "code": {"text": "Referral to Cardiology"}, "authoredOn": "2024-04-02", "priority": "urgent"
        }
        """,
        """
        {
          "resourceType": "Observation", "id": "o1", "status": "final", "subject": {"reference": "Patient/g1"}, "effectiveDateTime": "2024-05-01",
          "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}]}],
          "code": {"text": "Body weight"}, "valueQuantity": {"value": 71.5, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}
        }
        """,
        """
        {
          "resourceType": "Flag", "id": "f1", "status": "active", "subject": {"reference": "Patient/g1"},
          "code": {"coding": [{"system": "https://fhir.hl7.org.uk/CodeSystem/UKCore-RARecord", "code": "1", "display": "Needs letters in large print"}]}
        }
        """);

    public static string FromTheCouncil() => Bundle(
        $$$"""
        {
          "resourceType": "Patient", "id": "p9",
          "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "{{{NhsNumber}}}"}, {"system": "https://council.example/id", "value": "9"}],
          "name": [{"family": "Adeyemi", "given": ["Grace"]}], "gender": "female", "birthDate": "1948-03-09",
          "address": [{"line": ["14 Compton Terrace"], "city": "London", "postalCode": "N1 9ZZ"}]
        }
        """,
        """
        {
          "resourceType": "EpisodeOfCare", "id": "e9", "status": "active", "patient": {"reference": "Patient/p9"}, "period": {"start": "2023-11-01"},
          "type": [{"coding": [{"system": "https://council.example/codes", "code": "asc-home-care", "display": "Home care"}]}]
        }
        """,
        """
        {
          "resourceType": "CareTeam", "id": "t9", "status": "active", "subject": {"reference": "Patient/p9"}, "name": "Home care team",
          "participant": [{"role": [{"text": "Social worker"}], "member": {"display": "Priya Castellano"}}]
        }
        """,
        """
        {
          "resourceType": "Flag", "id": "f9", "status": "active", "subject": {"reference": "Patient/p9"}, "code": {"text": "Key safe at the side door"}
        }
        """);

    /// <summary>One transaction of PUTs, the id of each from the resource itself.</summary>
    public static string Bundle(params IEnumerable<string> resources)
    {
        IEnumerable<string> entries = resources.Select(resource =>
        {
            using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(resource);
            string url = $"{json.RootElement.GetProperty("resourceType").GetString()}/{json.RootElement.GetProperty("id").GetString()}";
            return $"{{\"resource\":{resource},\"request\":{{\"method\":\"PUT\",\"url\":\"{url}\"}}}}";
        });
        return $"{{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{string.Join(',', entries)}]}}";
    }

    /// <summary>A message with the header's times and the segments given.</summary>
    public static string Message(string application, string facility, string id, string type, string at, params IEnumerable<string> segments) =>
        string.Join('\r', segments.Prepend($"MSH|^~\\&|{application}|{facility}|CANONBURY|PLACE|{at}||{type}|{id}|P|2.4")) + "\r";

    private static string FullPid(string local) =>
        $"PID|1||{local}~{NhsNumber}^^^NHS^NH||{Name}||19480309|F|||14 Compton Terrace^^London^^N1 9ZZ^GBR^H||020 7946 0042^PRN^PH|||||||||||||||||||01";

    private const string Practice = "PD1|||Riverside Surgery^^F83999|G1^Shah^Ann^^^Dr";

    private static string ThinPid(string local) => $"PID|1||{local}~{NhsNumber}^^^NHS^NH||{Name}||19480309|F";

    private static string Letter(
        string id, string trigger, string at, string number, string? replaces, string format, string[] lines, string type = "DS^Discharge summary")
    {
        string pdf = Convert.ToBase64String(Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"));
        IEnumerable<string> content = format == "PDF"
            ? [$"OBX|1|ED|{type}||PAS^AP^PDF^Base64^{pdf}||||||F"]
            : lines.Select((line, index) => $"OBX|{index + 1}|TX|{type}||{line}||||||F");
        return Message(
            "PAS", "NORTH", id, $"MDM^{trigger}", at,
            [
                $"EVN|{trigger}|{at}", ThinPid("H0042^^^NORTH^MR"), "PV1|1|I|||||C1^Osei^Nana^^^Dr||||||||||||V77^^^NORTH^VN",
                $"TXA|1|{type}|{(format == "PDF" ? "AP" : "TX")}|{at}||{at}|||C1^Osei^Nana^^^Dr|||{number}^NORTH|{(replaces is null ? "" : $"{replaces}^NORTH")}||||AU||AV",
                .. content,
            ]);
    }

    private static string Appointment(string id, string trigger, string at, string number, string start, string clinic, string status) => Message(
        "PAS", "NORTH", id, $"SIU^{trigger}", at,
        $"SCH|{number}^NORTH|{number}^NORTH|||||Follow-up||20|MIN|^^20^{start}||||||||||||||{status}", FullPid("H0042^^^NORTH^MR"), Practice,
        "RGS|1|A", $"AIS|1|A|CLINIC^{clinic}^L", $"AIL|1|A|{clinic} clinic^^^NORTH");

    private static string Result(
        string application, string facility, string id, string local, (string Code, string System) test, string taken, string value, string unit,
        string range, string flag, string status, string? reported = null) => Message(
        application, facility, id, "ORU^R01", reported ?? taken, ThinPid($"{local}^^^{facility}LAB^MR"),
        $"OBR|1||F{taken}^{facility}|FBC^Full blood count^{test.System}|||{taken}|||||||||||||||{reported ?? taken}||HM|{status}",
        $"OBX|1|NM|{test.Code}^Haemoglobin^{test.System}^718-7^Haemoglobin^LN||{value}|{unit}|{range}|{flag}|||{status}|||{taken}");
}
