using Canonbury.Fhir.Tree;
using Hl7.Fhir.Model;

namespace Canonbury.Fhir.PatientSummary;

/// <summary>
/// The resources that stand in the document: copies whose references lead inside it. A document has one patient, so what is said of a linked patient
/// is said of the subject; <c>meta.source</c> still tells whose it was. What is referred to and not taken along is named by its display alone.
/// https://hl7.org/fhir/R4/documents.html#content
/// </summary>
internal sealed class SummaryEntries
{
    /// <summary>What is taken along where something refers to it. Other people and whole stays are not.</summary>
    private static readonly string[] TakenAlong =
        ["Practitioner", "PractitionerRole", "Organization", "Location", "Medication", "Device", "Specimen", "Observation", "Substance", "ImagingStudy"];

    private readonly SummarySubject subject;
    private readonly HashSet<string> patients;
    private readonly Dictionary<string, Resource> available;
    private readonly Dictionary<string, Resource> taken = new(StringComparer.Ordinal);
    private readonly Queue<Resource> open = [];

    /// <param name="resources">What may be taken.</param>
    public SummaryEntries(SummarySubject subject, IEnumerable<Resource> resources)
    {
        this.subject = subject;
        patients = subject.Linked.Append(subject.Asked).Select(patient => "Patient/" + patient.Id).ToHashSet(StringComparer.Ordinal);
        available = resources.Where(resource => resource.Id is not null).DistinctBy(Key).ToDictionary(Key, StringComparer.Ordinal);
        Take(subject.Asked);
    }

    /// <summary>
    /// True where the person is its subject. A compartment also holds what the person only recorded or took part in, and another person's allergy must
    /// not stand in this one's summary.
    /// </summary>
    public bool IsAbout(Resource resource) => resource.EnumerateElements()
        .Any(element => element.Key is "subject" or "patient" && element.Value is ResourceReference { Reference: { } sent } && patients.Contains(KeyOf(sent)));

    /// <summary>Takes a resource, and says where it stands.</summary>
    public string Take(Resource resource)
    {
        string key = Key(resource);
        if (!taken.ContainsKey(key))
        {
            taken[key] = (Resource)resource.DeepCopy();
            open.Enqueue(taken[key]);
        }

        return Url(key);
    }

    /// <summary>Every resource that was taken, with what it refers to, the subject first.</summary>
    public IEnumerable<Bundle.EntryComponent> Finish()
    {
        while (open.TryDequeue(out Resource? resource))
        {
            ElementTree.Walk(resource, resource.TypeName, (element, _) =>
            {
                if (element is ResourceReference { Reference: { Length: > 0 } } reference)
                {
                    Lead(reference);
                }
            });

            // Links tell which sources know the person; the document is about one of their patients.
            if (resource is Patient patient)
            {
                patient.Link = [];
            }
        }

        return taken.Select(one => new Bundle.EntryComponent { FullUrl = Url(one.Key), Resource = one.Value });
    }

    public string Url(string key) => $"{subject.BaseUrl}/{key}";

    private bool MayBeTakenAlong(Resource resource) => TakenAlong.Contains(resource.TypeName) && (resource is not (Observation or Specimen or ImagingStudy) || IsAbout(resource));

    private string KeyOf(string reference) =>
        (reference.StartsWith(subject.BaseUrl + "/", StringComparison.Ordinal) ? reference[(subject.BaseUrl.Length + 1)..] : reference).Split("/_history/")[0];

    private static string Key(Resource resource) => $"{resource.TypeName}/{resource.Id}";

    private void Lead(ResourceReference reference)
    {
        string sent = reference.Reference!;
        if (sent.StartsWith('#'))
        {
            return;
        }

        string key = KeyOf(sent);
        if (patients.Contains(key))
        {
            reference.Reference = "Patient/" + subject.Asked.Id;
        }
        else if (available.TryGetValue(key, out Resource? known) && (taken.ContainsKey(key) || MayBeTakenAlong(known)))
        {
            Take(known);
            reference.Reference = key;
        }
        else
        {
            reference.Type ??= key.Split('/') is [var type, _] && char.IsAsciiLetterUpper(type.FirstOrDefault()) ? type : null;
            reference.Reference = null;
            reference.Display ??= reference.Identifier is null ? "Not part of this summary" : null;
        }
    }
}
