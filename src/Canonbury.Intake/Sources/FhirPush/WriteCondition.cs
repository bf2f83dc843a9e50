namespace Canonbury.Intake.Sources.FhirPush;

/// <summary>
/// A search that a write rests on, such as that nothing has this identifier yet. Everyone who writes on the same condition counts up the position of the
/// bucket that its name falls in, as if the condition were a patient: who finds another position when it writes must search again. So two conditional
/// creates of one identifier never both create, in one process or in several, on either database.
/// </summary>
/// <param name="Name"><c>Type?criteria</c>, in one spelling for one meaning.</param>
public sealed record WriteCondition(string Name, int Bucket, long Position);
