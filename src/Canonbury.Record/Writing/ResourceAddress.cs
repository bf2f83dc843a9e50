using Canonbury.Fhir.Ids;

namespace Canonbury.Record.Writing;

/// <summary>Where a resource is: whose rows hold it, and whose source it is.</summary>
internal readonly record struct ResourceAddress(PatientId Owner, SourceId Source);
