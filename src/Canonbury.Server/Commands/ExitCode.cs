namespace Canonbury.Server.Commands;

/// <summary>What the program's exit code says; docs/operations.md lists them for scripts.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A bug: please report it.</summary>
    public const int Failed = 1;

    /// <summary>Wrong flags, wrong arguments or wrong settings; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Something outside is missing or does not answer: a port, the database, a file. Try again when it is there.</summary>
    public const int Unavailable = 3;

    /// <summary>Done, but not all of it: some messages were refused, some checks failed.</summary>
    public const int Incomplete = 4;

    /// <summary>Stopped from outside before the end.</summary>
    public const int Interrupted = 130;
}
