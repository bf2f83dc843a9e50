namespace Canonbury.Intake.Pipeline;

/// <summary>Told at each step of a message's way, from the inbox (<c>Store</c>, <c>Stored</c>) to the pipeline, before the step begins; tests end the process there.</summary>
public delegate void StepReached(string step);
