using Canonbury.Fhir.Compartments;
using Canonbury.Fhir.Ids;
using Canonbury.Fhir.Problems;
using Hl7.Fhir.Model;

namespace Canonbury.Translate.FhirPush;

/// <summary>Whose a resource is: its owner, and the other patients that it is about.</summary>
internal sealed record Attribution(PatientId Owner, IReadOnlyList<PatientId> Mentions)
{
    private const string PatientPrefix = "Patient/";

    public static readonly Attribution Nobody = new(PatientId.Nobody, []);

    /// <summary>From the resource itself; null where only another resource can tell. References are final.</summary>
    public static Attribution? Of(Resource resource, PushContext context)
    {
        List<PatientId> patients = [.. PatientCompartment.References(resource)
            .Select(r => PatientIn(resource, r.Reference, context))
            .OfType<PatientId>()
            .Distinct()];
        if (resource is Patient patient)
        {
            PatientId self = context.PatientOf(patient.Id!);
            return new Attribution(self, [.. patients.Where(p => p != self)]);
        }

        return patients.Count > 0 ? new Attribution(patients[0], patients[1..])
            : NobodyTypes.Allows(resource.TypeName) ? Nobody
            : null;
    }

    private static PatientId? PatientIn(Resource resource, string? reference, PushContext context) =>
        reference?.StartsWith(PatientPrefix, StringComparison.Ordinal) == true && reference[PatientPrefix.Length..].Split('/')[0] is var local && Id.IsValidValue(local)
            ? context.PatientOf(local)
        : ContainedPatients.Of(resource, reference, context) is (_, { } id) ? context.PatientOf(id)
        : null;

    /// <summary>Why a resource could not be attributed, naming the element that should have told.</summary>
    public static Issue Missing(Submission sent)
    {
        if (sent.Resource is Bundle)
        {
            return new Issue("owner-missing", "No entry is a Patient with an id, so nobody says whose it is.", sent.At("Bundle.entry"), Type: OperationOutcome.IssueType.Required);
        }

        ResourceReference? first = PatientCompartment.References(sent.Resource!).FirstOrDefault();
        (string code, string words) = first switch
        {
            { Reference: ['#', ..] } => ("owner-not-patient", "The contained resource is no Patient."),
            { Reference: { } absolute } when absolute.Contains(':', StringComparison.Ordinal) =>
                ("owner-elsewhere", "The reference leads to another server; refer to a Patient of this source."),
            { Reference: not null } => ("owner-not-patient", "The reference does not name a Patient."),
            { Identifier: not null } => ("owner-logical", "The patient is named by an identifier only; send the Patient and refer to it."),
            _ => ("owner-missing", "The resource does not say which patient it is about."),
        };
        string element = Followers.Element(sent.Type) ?? PatientCompartment.MainElement(sent.Type);
        return new Issue(code, words, sent.At(element), Type: OperationOutcome.IssueType.Required);
    }
}
