using Canonbury.Fhir.Identifiers;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Statements;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>
/// Patients that a resource contains, as NHS immunisation events do. The contained resource stays where it is (references.html#contained);
/// a patient of the source is stated besides, known by its identifier, so that the resource has an owner and finds its person.
/// </summary>
internal static class ContainedPatients
{
    /// <summary>
    /// The contained patient that a reference such as <c>#p</c> means, and the id of the source's patient that it stands for.
    /// </summary>
    public static (Patient Patient, string Id)? Of(Resource resource, string? reference, PushContext context)
    {
        if (reference is not ['#', .. string local]
            || resource is not DomainResource holder
            || holder.Contained.Find(c => c.Id == local) is not Patient patient)
        {
            return null;
        }

        Identifier? known = patient.Identifier.Find(i => i.System == NhsNumber.System && i.Value is not null)
            ?? patient.Identifier.Find(i => i.System is not null && i.Value is not null);
        string key = known is null ? $"{resource.TypeName}/{resource.Id}#{local}" : $"{known.System}|{known.Value}";
        return (patient, ResourceIds.FhirId(context.Source, "Patient", key));
    }

    /// <summary>What the resource says about the patients it contains. Elements, not a snapshot: silence there erases nothing.</summary>
    public static IEnumerable<ResourceStatement> State(Resource resource, IEnumerable<string?> references, PushContext context) =>
        references.Distinct()
            .Select(r => Of(resource, r, context))
            .OfType<(Patient Patient, string Id)>()
            .Select(p => State(p.Patient, p.Id, context));

    /// <summary>A statement about a patient found inside something else, with what leads out of there taken away.</summary>
    public static ResourceStatement State(Patient inside, string id, PushContext context)
    {
        Patient patient = (Patient)inside.DeepCopy();
        patient.Id = id;
        patient.Meta = null;
        patient.Text = null;
        patient.Contained = [];
        patient.ManagingOrganization = Outside(patient.ManagingOrganization);
        patient.GeneralPractitioner = [.. patient.GeneralPractitioner.Select(Outside).OfType<ResourceReference>()];
        patient.Link = [];
        return new ResourceStatement { Content = patient, Mode = StatementMode.Elements, Owner = context.PatientOf(id) };
    }

    // Outside the bundle or resource that holds the target, only the name of who was meant is left.
    private static ResourceReference? Outside(ResourceReference? reference) =>
        reference is null || (reference.Display is null && reference.Identifier is null)
        ? null
        : new ResourceReference { Display = reference.Display, Identifier = reference.Identifier };
}
