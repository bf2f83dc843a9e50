using Canonbury.Fhir.Json;
using Canonbury.Fhir.Problems;
using Canonbury.Fhir.Validation;
using Canonbury.TestData.Samples;
using Hl7.Fhir.Model;
using Xunit;

namespace Canonbury.Tests.Fhir.Validation.Profiles;

/// <summary>The examples that UK Core's publishers made for their profiles keep to them, and what others say in UK Core's name is checked.</summary>
public sealed class UkCoreExamplesTests(ITestOutputHelper output)
{
    private const string Base = "https://fhir.hl7.org.uk/StructureDefinition/";
    private const string NhsNumbers = "https://fhir.nhs.uk/Id/nhs-number";

    [Fact]
    public void Examples_OfThePublishers_KeepToTheirProfiles()
    {
        Assert.SkipWhen(FhirSamples.Missing || UkCore.Missing, SampleData.Reason);
        int kept = 0;
        List<string> wrong = [];
        foreach (FhirSample sample in FhirSamples.All().Where(sample => sample.Origin == "fhir-uk-r4/uk-core-examples"))
        {
            Parsed parsed = BaseValidation.Check(sample.Body, sample.Format);
            if (parsed.Resource is not { } resource || !parsed.IsValid)
            {
                continue;
            }

            string profile = Base + ProfileOf(Path.GetFileName(sample.Name), resource.TypeName);
            Assert.True(UkCore.Profiles.Contains(profile), profile);
            Issue[] issues = [.. ProfileValidation.Check(resource, UkCore.Profiles, profile).Where(issue => issue.Refuses)];
            wrong.AddRange(issues.Select(issue => $"{Path.GetFileName(sample.Name)} {issue.Code} {issue.Expression} {issue.Words}"));
            kept += issues.Length == 0 ? 1 : 0;
        }

        output.WriteLine($"REPORT UK Core examples: {kept} keep to their profile");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(kept > 100, $"{kept} examples were checked.");
    }

    public static TheoryData<string, string, string, Action<Resource>> Mutations => new()
    {
        { "Patient-RichardSmith", "cardinality-too-many", "Patient.identifier", r => Patient(r).Identifier.Add((Identifier)NhsNumber(r).DeepCopy()) },
        { "Patient-RichardSmith", "cardinality-too-few", "Patient.identifier[0].value", r => NhsNumber(r).Value = null },
        { "Patient-RichardSmith", "cardinality-too-many", "Patient.extension", r => Patient(r).Extension.AddRange([Ethnicity(r), Ethnicity(r)]) },
        { "Patient-RichardSmith", "type-not-allowed", "Patient.extension[0].value", r => Patient(r).Extension = [Extension("BirthSex")] },
        { "Patient-RichardSmith", "code-not-in-value-set", "Patient.extension[0].value",
            r => Patient(r).Extension = [new Extension(Base + "Extension-UKCore-BirthSex", new CodeableConcept("https://fhir.hl7.org.uk/CodeSystem/UKCore-BirthSex", "Q"))] },
        { "Observation-VitalSigns-BloodPressure", "slice-unexpected", "Observation.component[1]", r => ((Observation)r).Component[1].Code.Text = "Pulse" },
        { "Observation-VitalSigns-BloodPressure", "cardinality-too-few", "Observation.component", r => ((Observation)r).Component.RemoveAt(0) },
        { "Observation-VitalSigns-BloodPressure", "cardinality-too-many", "Observation.value", r => ((Observation)r).Value = new Quantity(120, "mm[Hg]") },
        { "Observation-VitalSigns-BloodPressure", "fixed-mismatch", "Observation.component[0].value.code", r => ((Quantity)((Observation)r).Component[0].Value).Code = "kPa" },
        { "Immunization-InfluenzaVaccine", "invariant", "Immunization", r => ((Immunization)r).Status = Immunization.ImmunizationStatusCodes.NotDone },
        { "Observation-VitalSigns-BloodPressure", "reference-target", "Observation.device", r => ((Observation)r).Device = new ResourceReference("Patient/1") },
    };

    [Theory]
    [MemberData(nameof(Mutations), DisableDiscoveryEnumeration = true)]
    public void Example_ThatWasChanged_IsRefusedWithWhatWasChanged(string example, string code, string expression, Action<Resource> change)
    {
        Assert.SkipWhen(FhirSamples.Missing || UkCore.Missing, SampleData.Reason);
        FhirSample sample = FhirSamples.All().Single(one => one.Name.EndsWith($"UKCore-{example}-Example.xml", StringComparison.Ordinal));
        Resource resource = BaseValidation.Check(sample.Body, sample.Format).Resource!;
        change(resource);
        Issue issue = Assert.Single(
            ProfileValidation.Check(resource, UkCore.Profiles, Base + ProfileOf($"UKCore-{example}-Example.xml", resource.TypeName)), one => one.Refuses);
        Assert.Equal((code, expression), (issue.Code, issue.Expression));
    }

    /// <summary>A slot whose delivery channel is a coding, where UK Core has a concept.</summary>
    [Fact]
    public void ExampleOfAnother_ThatSaysAnExtensionWrongly_IsRefused()
    {
        Assert.SkipWhen(FhirSamples.Missing || UkCore.Missing, SampleData.Reason);
        FhirSample sample = FhirSamples.All().First(one => one.Name.EndsWith("examples/slots/GET-success.json", StringComparison.Ordinal));
        Resource resource = BaseValidation.Check(sample.Body, sample.Format).Resource!;
        Assert.True(ProfileValidation.IsClaimed(resource, UkCore.Profiles));
        Assert.Contains(
            ProfileValidation.Check(resource, UkCore.Profiles), issue => issue is { Code: "type-not-allowed", Expression: "Bundle.entry[0].resource.extension[0].value" });
    }

    private static Patient Patient(Resource resource) => (Patient)resource;

    private static Identifier NhsNumber(Resource resource) => Patient(resource).Identifier.Single(one => one.System == NhsNumbers);

    private static Extension Ethnicity(Resource resource) =>
        (Extension)Patient(resource).Extension.Single(one => one.Url == Base + "Extension-UKCore-EthnicCategory").DeepCopy();

    private static Extension Extension(string name) => new(Base + "Extension-UKCore-" + name, new FhirString("x"));

    /// <summary>The longest name of a profile with which the file's name begins: UKCore-Observation-Lab-Albumin-Example.xml.</summary>
    private static string ProfileOf(string file, string type)
    {
        for (string name = file; name.LastIndexOf('-') is > 6 and int end; name = name[..end])
        {
            if (UkCore.Profiles.TypeOf(Base + name[..end]) == type)
            {
                return name[..end];
            }
        }

        return "UKCore-" + type;
    }
}
