using Canonbury.Borough.People;
using Canonbury.Borough.Systems;

namespace Canonbury.Borough.Bundles;

/// <summary>The organisations and professionals that a FHIR system's resources refer to: sent once, before any person.</summary>
public static class Registers
{
    public static SourceEvent Of(SourceSystem system, DateTime at)
    {
        using BundleWriter bundle = new(Base(system), "register-" + system.Code);
        WritePractices(bundle);
        if (system == SourceSystem.Asc)
        {
            bundle.Put("Organization", "COUNCIL", organization => Organization(organization, "COUNCIL", system.Organisation));
            foreach (Clinician worker in Clinicians.SocialWorkers)
            {
                bundle.Put("Practitioner", worker.Code, practitioner => Practitioner(practitioner, worker));
            }
        }

        return new SourceEvent(system, at, "register", "register-" + system.Code, "bundle", 0, bundle.ToBytes());
    }

    internal static string Base(SourceSystem system) => system == SourceSystem.Gp ? "https://gp.borough.example/fhir" : "https://council.example/fhir";

    private static void WritePractices(BundleWriter bundle)
    {
        foreach (Practice practice in Places.Practices)
        {
            bundle.Put("Organization", practice.Code, organization => Organization(organization, practice.Code, practice.Name));
            foreach (Clinician doctor in practice.Doctors)
            {
                bundle.Put("Practitioner", doctor.Code, practitioner => Practitioner(practitioner, doctor));
            }
        }
    }

    private static void Organization(ResourceJson organization, string code, string name)
    {
        organization.Meta("Organization");
        organization.Identifier("https://fhir.nhs.uk/Id/ods-organization-code", code);
        organization.Text("name", name);
    }

    private static void Practitioner(ResourceJson practitioner, Clinician clinician)
    {
        practitioner.Meta("Practitioner");
        practitioner.Identifier("https://borough.example/id/professional", clinician.Code);
        practitioner.Json.WriteStartArray("name");
        practitioner.Json.WriteStartObject();
        practitioner.Json.WriteString("family", clinician.Family);
        practitioner.Json.WriteStartArray("given");
        practitioner.Json.WriteStringValue(clinician.Given);
        practitioner.Json.WriteEndArray();
        if (clinician.Title.Length > 0)
        {
            practitioner.Json.WriteStartArray("prefix");
            practitioner.Json.WriteStringValue(clinician.Title);
            practitioner.Json.WriteEndArray();
        }

        practitioner.Json.WriteEndObject();
        practitioner.Json.WriteEndArray();
    }
}
