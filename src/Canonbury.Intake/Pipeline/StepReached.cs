namespace Canonbury.Intake.Pipeline;

/// <summary>Told at each step of the pipeline, before the step begins; tests end the process there.</summary>
public delegate void StepReached(string step);
