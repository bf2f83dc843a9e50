using System.Globalization;
using Canonbury.Borough.People;

namespace Canonbury.Benchmarks.Api;

/// <summary>Resources of made-up patients, of the size and shape that general practice and laboratory systems send.</summary>
internal static class MadeUpResources
{
    public const string NhsNumberSystem = "https://fhir.nhs.uk/Id/nhs-number";
    public const string Loinc = "http://loinc.org";

    private static readonly string[] Families = ["Adeyemi", "Begum", "Clarke", "Demir", "Evans", "Farah", "Georgiou", "Hughes", "Islam", "Jones"];
    private static readonly string[] Givens = ["Amina", "Benjamin", "Chloe", "Daniel", "Elif", "Farhan", "Grace", "Hannah", "Isaac", "Jasmine"];

    private static readonly (string Code, string Name, string Unit, int Low, int High)[] Tests =
    [
        ("718-7", "Hemoglobin [Mass/volume] in Blood", "g/L", 120, 160), ("6690-2", "Leukocytes [#/volume] in Blood", "10*9/L", 4, 11),
        ("777-3", "Platelets [#/volume] in Blood", "10*9/L", 150, 400), ("2160-0", "Creatinine [Moles/volume] in Serum", "umol/L", 60, 110),
        ("2951-2", "Sodium [Moles/volume] in Serum", "mmol/L", 133, 146), ("2823-3", "Potassium [Moles/volume] in Serum", "mmol/L", 3, 6),
        ("4548-4", "Hemoglobin A1c in Blood", "mmol/mol", 20, 42), ("8480-6", "Systolic blood pressure", "mm[Hg]", 90, 140),
        ("29463-7", "Body weight", "kg", 40, 120), ("8867-4", "Heart rate", "/min", 50, 100),
    ];

    private static readonly (string Code, string Name)[] Conditions =
        [("38341003", "Hypertensive disorder"), ("44054006", "Diabetes mellitus type 2"), ("195967001", "Asthma"), ("35489007", "Depressive disorder")];

    private static readonly (string Code, string Name)[] Medicines =
        [("318853007", "Amlodipine 5mg tablets"), ("325072002", "Metformin 500mg tablets"), ("317334004", "Atorvastatin 20mg tablets")];

    private static readonly string[] Numbers = Deal(400_000);

    public static string CodeOfTest(int number) => Tests[number % Tests.Length].Code;

    /// <summary>A valid NHS number of the range that is never issued, another one for each patient.</summary>
    public static string NhsNumber(int number) => Numbers[number];

    public static string Patient(int number) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"resourceType":"Patient","meta":{"profile":["https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient"]},
        "identifier":[{"system":"{{NhsNumberSystem}}","value":"{{NhsNumber(number)}}"},{"system":"https://bench.example/patient","value":"B{{number}}"}],
        "active":true,"name":[{"use":"official","family":"{{Families[number % 10]}}","given":["{{Givens[number / 10 % 10]}}","{{Givens[number / 100 % 10]}}"]}],
        "telecom":[{"system":"phone","value":"020 7946 {{number % 10_000:D4}}","use":"home"}],"gender":"{{(number % 2 == 0 ? "female" : "male")}}",
        "birthDate":"{{1930 + (number % 90)}}-{{1 + (number % 12):D2}}-{{1 + (number % 28):D2}}",
        "address":[{"use":"home","line":["{{1 + (number % 200)}} Canonbury Road"],"city":"London","postalCode":"N1 {{number % 10}}AA"}]}
        """);

    public static string Observation(string patient, int number, Random random)
    {
        (string code, string name, string unit, int low, int high) = Tests[number % Tests.Length];
        int value = random.Next(low - (low / 10), high + (high / 10));
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"resourceType":"Observation","meta":{"profile":["https://fhir.hl7.org.uk/StructureDefinition/UKCore-Observation"]},
            "identifier":[{"system":"https://bench.example/result","value":"{{random.NextInt64(1_000_000_000_000)}}"}],"status":"final",
            "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory","display":"Laboratory"}]}],
            "code":{"coding":[{"system":"{{Loinc}}","code":"{{code}}","display":"{{name}}"}],"text":"{{name}}"},
            "subject":{"reference":"{{patient}}"},"effectiveDateTime":"{{Day(random)}}T{{random.Next(24):D2}}:{{random.Next(60):D2}}:00Z",
            "issued":"{{Day(random)}}T10:00:00Z","performer":[{"display":"Bench laboratory"}],
            "valueQuantity":{"value":{{value}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"},
            "referenceRange":[{"low":{"value":{{low}},"unit":"{{unit}}"},"high":{"value":{{high}},"unit":"{{unit}}"} }]}
            """);
    }

    /// <summary>The other kinds: of seven, three problems, two medicines, a contact and an immunisation.</summary>
    public static string Other(string patient, int number, Random random)
    {
        (string conditionCode, string condition) = Conditions[random.Next(Conditions.Length)];
        (string medicineCode, string medicine) = Medicines[random.Next(Medicines.Length)];
        return (number % 7) switch
        {
            < 3 => $$"""
                {"resourceType":"Condition","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},
                "code":{"coding":[{"system":"http://snomed.info/sct","code":"{{conditionCode}}","display":"{{condition}}"}]},
                "subject":{"reference":"{{patient}}"},"onsetDateTime":"{{Day(random)}}","recordedDate":"{{Day(random)}}"}
                """,
            < 5 => $$"""
                {"resourceType":"MedicationRequest","status":"active","intent":"order",
                "medicationCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"{{medicineCode}}","display":"{{medicine}}"}]},
                "subject":{"reference":"{{patient}}"},"authoredOn":"{{Day(random)}}","dosageInstruction":[{"text":"One tablet once a day"}]}
                """,
            5 => $$"""
                {"resourceType":"Encounter","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
                "subject":{"reference":"{{patient}}"},"period":{"start":"{{Day(random)}}T09:00:00Z","end":"{{Day(random)}}T09:10:00Z"},
                "reasonCode":[{"text":"Review of long-term condition"}]}
                """,
            _ => $$"""
                {"resourceType":"Immunization","status":"completed","vaccineCode":{"coding":[{"system":"http://snomed.info/sct","code":"822851000000102",
                "display":"Seasonal influenza vaccination"}]},"patient":{"reference":"{{patient}}"},"occurrenceDateTime":"{{Day(random)}}"}
                """,
        };
    }

    private static string[] Deal(int count)
    {
        NhsNumbers numbers = new(1);
        return [.. Enumerable.Range(0, count).Select(_ => numbers.Next()!)];
    }

    private static string Day(Random random) => string.Create(CultureInfo.InvariantCulture, $"20{random.Next(15, 26)}-{random.Next(1, 13):D2}-{random.Next(1, 29):D2}");
}
