namespace Canonbury.Server.Commands.Doctor;

/// <summary>How a check of <c>canonbury doctor</c> ended.</summary>
internal enum Verdict
{
    Good,

    /// <summary>It works, but somebody should look.</summary>
    Look,

    Bad,
}

/// <summary>What one check found, and what to change.</summary>
/// <param name="Words">What was found; for anything but <see cref="Verdict.Good"/>, also what to do.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Words)
{
    public static Finding Good(string check, string words) => new(check, Verdict.Good, words);

    public static Finding Look(string check, string words) => new(check, Verdict.Look, words);

    public static Finding Bad(string check, string words) => new(check, Verdict.Bad, words);
}
