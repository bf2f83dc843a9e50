using System.ComponentModel.DataAnnotations;

namespace Canonbury.Identify;

/// <summary>When patients are linked. Section <c>Identify</c>.</summary>
public sealed class IdentifyOptions : IValidatableObject
{
    public const string Section = "Identify";

    /// <summary>A score at or above this links without asking anyone. Default 0.95.</summary>
    [Range(0.5, 1.0)]
    public double LinkFrom { get; set; } = 0.95;

    /// <summary>A score from this up to <see cref="LinkFrom"/> waits for a person to decide; below it, two on one NHS number are quarantined. Default 0.85.</summary>
    [Range(0.5, 1.0)]
    public double ReviewFrom { get; set; } = 0.85;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReviewFrom > LinkFrom)
        {
            yield return new ValidationResult($"{Section}:ReviewFrom must not be above {Section}:LinkFrom.", [nameof(ReviewFrom)]);
        }
    }
}
